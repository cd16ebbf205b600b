//! The closed list of what reading reports, for TOML and for incident files alike.
//!
//! A finding of one of these rules says that something *cannot be read as meant*. Whether readable words are true or
//! wise is judged in `lint`, under rules of its own.

/// Every rule that reading reports, with one line on what it means.
pub const READING_RULES: &[(&str, &str)] = &[
    (UNREADABLE, "The file cannot be read at all, so what was published before stays."),
    (UNKNOWN_KEY, "A key that does not exist; most often a slip of the pen."),
    (MISSING_KEY, "A key that must be there is not."),
    (WRONG_TYPE, "The value is not of the kind that its key takes."),
    (UNKNOWN_NAME, "A service, area, person, risk or incident that no file defines."),
    (BAD_TIME, "A time that cannot be read, or that could be more than one moment."),
    (
        UPDATE_HEADING,
        "A heading that looks like an update and is not one, or that is neither update nor draft.",
    ),
    (UNKNOWN_STATUS, "A word that is no status, or not one for this kind of file or service."),
    (UPDATE_ORDER, "Updates stand in another order than their times."),
    (SAME_MINUTE, "Two updates have the same time, so they would have the same address."),
    (
        HEADER_LINE,
        "A line under the heading of an update that its key does not take, or that stands in the wrong place.",
    ),
    (
        REASON_MISSING,
        "A fact without what backs it: an expected fix without a reason, a figure without how we know.",
    ),
    (
        TIME_ORDER,
        "Two times that cannot follow each other: a next update before the update, an end before its start.",
    ),
    (DUPLICATE_SLUG, "Two files that would have the same address."),
    (BAD_ID, "A file name or id that does not fit into an address."),
    (
        HOST_SETTING,
        "A setting that touches the host, in a file that is in git; or a secret that stands in a file.",
    ),
    (COMMENT, "A comment to Candor that cannot be understood."),
    (
        BAD_PROMISE,
        "A promise or task that lacks its date or name, or a settlement that fits no open promise.",
    ),
    (CONTRAST, "A colour of the theme on which words could not be read."),
    (BASE_URL, "An address of the site that keeps some programs from finding it."),
    (TRANSLATION, "A translation that does not fit the file that it translates."),
];

pub(crate) const UNREADABLE: &str = "unreadable";
pub(crate) const UNKNOWN_KEY: &str = "unknown-key";
pub(crate) const MISSING_KEY: &str = "missing-key";
pub(crate) const WRONG_TYPE: &str = "wrong-type";
pub(crate) const UNKNOWN_NAME: &str = "unknown-name";
pub(crate) const BAD_TIME: &str = "bad-time";
pub(crate) const UPDATE_HEADING: &str = "update-heading";
pub(crate) const UNKNOWN_STATUS: &str = "unknown-status";
pub(crate) const UPDATE_ORDER: &str = "update-order";
pub(crate) const SAME_MINUTE: &str = "same-minute";
pub(crate) const HEADER_LINE: &str = "header-line";
pub(crate) const REASON_MISSING: &str = "reason-missing";
pub(crate) const TIME_ORDER: &str = "time-order";
pub(crate) const DUPLICATE_SLUG: &str = "duplicate-slug";
pub(crate) const BAD_ID: &str = "bad-id";
pub(crate) const HOST_SETTING: &str = "host-setting";
pub(crate) const COMMENT: &str = "comment";
pub(crate) const BAD_PROMISE: &str = "bad-promise";
pub(crate) const CONTRAST: &str = "contrast";
pub(crate) const BASE_URL: &str = "base-url";
pub(crate) const TRANSLATION: &str = "translation";
