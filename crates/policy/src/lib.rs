//! Actor, purpose and subject to a permit; the only place that opens sealed facts.
