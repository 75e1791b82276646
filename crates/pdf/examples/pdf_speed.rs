//! Typesets sample reports, writes one a language to a directory and measures reports a second.
//!
//! `cargo run --release -p pdf --example pdf_speed -- OUT_DIRECTORY [SECONDS] [PENALTIES]`

#[path = "../tests/it/sample.rs"]
mod sample;

use credit::lang::Lang;
use pdf::{FontSource, Typesetter};
use std::error::Error;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let out = args.next().ok_or("say where to write the samples")?;
    let seconds: u64 = args.next().map_or(Ok(5), |text| text.parse())?;
    let penalties: usize = args.next().map_or(Ok(3), |text| text.parse())?;
    std::fs::create_dir_all(&out)?;
    let start = Instant::now();
    let typesetter = Typesetter::new(FontSource::System)?;
    println!("fonts {:?}", start.elapsed());
    for lang in Lang::ALL {
        let start = Instant::now();
        let bytes = typesetter.report(&sample::report(lang, "江州远帆贸易有限公司", penalties))?;
        println!("{} {} bytes {:?}", lang.tag(), bytes.len(), start.elapsed());
        std::fs::write(format!("{out}/sample-{}.pdf", lang.tag()), bytes)?;
    }
    for threads in [1_usize, 2] {
        let made = rate(
            &typesetter,
            threads,
            Duration::from_secs(seconds),
            penalties,
        );
        println!(
            "{threads} threads: {made:.1} PDF/s, resident {}",
            resident()
        );
    }
    Ok(())
}

/// Different reports a second: each has a name of its own, so nothing is served from memory.
fn rate(typesetter: &Typesetter, threads: usize, time: Duration, penalties: usize) -> f64 {
    let start = Instant::now();
    let made: usize = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || {
                    let mut made = 0;
                    while start.elapsed() < time {
                        let name = format!("江州第{}号{made}贸易有限公司", thread + 1);
                        let report = sample::report(Lang::Zh, &name, penalties);
                        made += usize::from(typesetter.report(&report).is_ok());
                    }
                    made
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or(0))
            .sum()
    });
    made as f64 / start.elapsed().as_secs_f64()
}

/// Resident memory as the kernel says it.
fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    line.unwrap_or("unknown").to_owned()
}
