//! The check's speed: forum posts, and texts made to be slow, at 64 KB and 1 MB.
//!
//! `cargo bench --bench deid`; the throughput is printed beside each time.

use std::hint::black_box;

use collegium::deid::check;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Posts as members write them: those of the demo.
fn posts() -> Vec<String> {
    fn texts(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) if text.len() > 200 => out.push(text.clone()),
            serde_json::Value::Array(list) => list.iter().for_each(|value| texts(value, out)),
            serde_json::Value::Object(map) => map.values().for_each(|value| texts(value, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    texts(&serde_json::from_str(include_str!("../src/demo/threads.json")).expect("the demo's threads"), &mut out);
    out
}

/// Texts that make a careless checker slow.
fn hostile(size: usize) -> Vec<(&'static str, String)> {
    let repeat = |piece: &str| piece.repeat(size / piece.len() + 1);
    let mut names = String::new();
    let mut number = 0_usize;
    while names.len() < size {
        let letters = [number % 20, number / 20 % 20, number / 400 % 20, number / 8000 % 20];
        names.push_str(" Mrs ");
        for (at, letter) in letters.into_iter().enumerate() {
            let consonant = b"bcdfghjklmnpqrstvwxz"[letter];
            names.push(char::from(if at == 0 { consonant.to_ascii_uppercase() } else { consonant }));
            names.push(char::from(b"aeiou"[(letter + at) % 5]));
        }
        number += 1;
    }
    vec![
        ("digits", repeat("9")),
        ("spaced digits", repeat("9 9-")),
        ("brackets", repeat("((((([[[[[{{{{{")),
        ("names", names),
        ("dates", repeat("on 12/03 ")),
        ("titles", repeat("Dr ")),
        ("at signs", repeat("@")),
        ("one word", repeat("a")),
        ("emoji", repeat("\u{1f600}")),
        ("zero width", repeat("J\u{200b}o\u{200b}h\u{200b}n ")),
        ("combining marks", repeat("e\u{301}\u{302}\u{303}")),
        ("right to left", repeat("\u{645}\u{62d}\u{645}\u{62f} ")),
        ("entities", repeat("&amp;")),
        ("list", repeat("- x\n")),
        ("capitals", repeat("Kavindra ")),
        ("dots", repeat("a.b.c.")),
        ("one name", repeat("Mrs Kowalczyk ")),
    ]
}

fn forum(c: &mut Criterion) {
    let posts = posts();
    check("");
    let mut group = c.benchmark_group("forum posts");
    group.throughput(Throughput::Bytes(posts.iter().map(|post| post.len() as u64).sum()));
    group.bench_function("demo", |b| {
        b.iter(|| posts.iter().map(|post| check(black_box(post)).findings.len()).sum::<usize>())
    });
    group.finish();
}

fn slow(c: &mut Criterion) {
    for (label, size) in [("64 KB", 64 << 10), ("1 MB", 1 << 20)] {
        let mut group = c.benchmark_group(label);
        group.sample_size(10);
        for (name, text) in hostile(size) {
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::from_parameter(name), &text, |b, text| {
                b.iter(|| check(black_box(text)))
            });
        }
        group.finish();
    }
}

criterion_group!(benches, forum, slow);
criterion_main!(benches);
