//! The loop that ties everything: change or due → check → build → publish → send.
