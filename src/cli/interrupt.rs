//! Ctrl-C ends the program with exit code 130, but not in the middle of a file. Owns the signal and the lock; must not know what is written.

use std::sync::{PoisonError, RwLock};

/// Held for reading while a file is written; the one who holds it for writing ends the program.
static WRITING: RwLock<()> = RwLock::new(());

/// Ends the program with 130 on Ctrl-C, once no file is being written.
pub(super) fn exit_on_interrupt() {
    // without a handler the signal ends the program, as it does everywhere
    let _ = ctrlc::set_handler(|| {
        let _held = WRITING.write().unwrap_or_else(PoisonError::into_inner);
        std::process::exit(130);
    });
}

/// Does `work` without being cut short by Ctrl-C.
pub(super) fn uninterrupted<T>(work: impl FnOnce() -> T) -> T {
    let _held = WRITING.read().unwrap_or_else(PoisonError::into_inner);
    work()
}
