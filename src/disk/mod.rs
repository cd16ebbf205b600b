//! Files and git: read, write, watch. Knows no incident.
