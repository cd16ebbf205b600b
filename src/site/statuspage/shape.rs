//! The public Statuspage v2 API as clients know it. Closed objects: a Nagios client answers UNKNOWN on an extra key.
//!
//! Times are RFC 3339 in whole seconds, ids lower-case letters and digits.

use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct Page {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) url: String,
    pub(super) time_zone: String,
    pub(super) updated_at: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Status {
    /// `none`, `minor`, `major`, `critical` or `maintenance`.
    pub(super) indicator: &'static str,
    pub(super) description: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Component {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) status: &'static str,
    pub(super) created_at: String,
    pub(super) updated_at: String,
    /// From 1, within its group.
    pub(super) position: usize,
    pub(super) description: Option<String>,
    pub(super) showcase: bool,
    pub(super) start_date: Option<String>,
    pub(super) group_id: Option<String>,
    pub(super) page_id: String,
    pub(super) group: bool,
    pub(super) only_show_if_degraded: bool,
    /// Of a group: the ids of its components.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) components: Option<Vec<String>>,
}

/// An incident, or with both `scheduled` times a maintenance.
#[derive(Debug, Serialize)]
pub(super) struct Incident {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) status: &'static str,
    pub(super) created_at: String,
    pub(super) updated_at: String,
    pub(super) monitoring_at: Option<String>,
    pub(super) resolved_at: Option<String>,
    pub(super) impact: &'static str,
    pub(super) shortlink: String,
    pub(super) started_at: String,
    pub(super) page_id: String,
    /// Newest first, one at least.
    pub(super) incident_updates: Vec<Update>,
    pub(super) components: Vec<Component>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scheduled_for: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scheduled_until: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Update {
    pub(super) id: String,
    pub(super) status: &'static str,
    /// Plain text.
    pub(super) body: String,
    pub(super) incident_id: String,
    pub(super) created_at: String,
    pub(super) updated_at: String,
    pub(super) display_at: String,
    /// `None` where the statement changed no state.
    pub(super) affected_components: Option<Vec<Change>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Change {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) old_status: &'static str,
    pub(super) new_status: &'static str,
}

/// A file of the API; what a file does not have is left out.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    pub(super) page: Page,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) components: Option<Vec<Component>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) incidents: Option<Vec<Incident>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scheduled_maintenances: Option<Vec<Incident>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<Status>,
}
