//! specification
