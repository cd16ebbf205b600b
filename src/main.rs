//! The `candor` command.

/// A build of ten thousand incidents makes and drops millions of small texts on all cores: with the system's allocator
/// it takes a quarter longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    candor::cli::main()
}
