//! The `tieout` program.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Reports are many small texts: an allocator that is made for those saves a sixth of the time. Without huge pages
/// (`no_thp`) a report needs a third of the memory, and a short one a fifth less time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    tieout::cli::main()
}
