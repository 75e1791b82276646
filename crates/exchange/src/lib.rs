//! The rooms that act: one module a workflow, with its transactions and jobs.
