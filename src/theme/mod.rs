//! Templates and strings: the built-in theme (compiled in from `themes/default`) and an overlay that replaces files of the same name.
