//! The closed list of rules. A new rule is one file here and one line below.

use super::Rule;
use crate::config::rules::UNREADABLE;

macro_rules! rules {
    ($($file:ident)*) => {
        $(mod $file;)*

        /// All rules, by category and then as listed.
        pub fn rules() -> &'static [&'static Rule] {
            const RULES: &[&Rule] = &[$(&$file::RULE),*];
            RULES
        }
    };
}

rules! {
    unbacked_soon
    open_ended_update
    vague_eta
    eta_without_basis
    relative_day
    eta_in_past
    broken_eta
    missed_next_update
    promise_for_other
    absolute_promise
    next_update_too_late
    overdue_follow_up
    update_in_future
    now_heading
    unchecked_never_before
    repeat_unacknowledged
    scripted_update
    silent_edit
    backdated_update
    imported_open
    unquantified_some
    minimising_word
    hedged_impact
    vague_problem
    stock_reassurance
    jargon
    blame_third_party
    blame_person
    blame_reader
    agentless_fault
    agentless_action
    demands_reference
    conditional_apology
    missing_apology
    apology_without_repair
    generic_salutation
    missing_owner
    missing_contact
    missing_next_update
    missing_what_you_can_do
    missing_impact
    missing_cause_statement
    missing_learning
    late_notice
    translation_missing
    translation_awaited
    translation_stale
    nothing_said
    missing_plan
    status_text_conflict
    bare_resolution
    scope_conflict
    raw_html
    unsafe_link
    dead_link
    house_phrase
    unknown_rule
    allow_unknown
    allow_expired
    allow_unused
}

/// The rule whose fixes write times into headings.
pub const NOW_HEADING: &str = now_heading::RULE.id;

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.id == id).copied()
}

/// Whether `publish-anyway` overrules findings of a rule, or of the reader: all but the unreadable, silent edits, raw HTML
/// and unsafe links.
pub fn overridable(id: &str) -> bool {
    rule(id).map_or(id != UNREADABLE, |rule| rule.overridable)
}
