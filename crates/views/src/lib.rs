//! Dossier to report, look-up and list membership; pure.
