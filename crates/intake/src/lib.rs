//! Agency file to accepted rows, rejected rows and counts; pure.
