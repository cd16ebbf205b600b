//! The preview server: the built site on loopback with live reload, and the maildir as a page.
