#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    collegium::cli::run()
}
