//! A dossier of any bytes is opened and read, or an error. The input names places in a real file and what to write there, or
//! is the file itself.
#![no_main]

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use rapporteur::dossier::Scope;
use rapporteur::{Options, Store, read};

/// The folder in which one process works, and a whole dossier.
static FILE: OnceLock<(PathBuf, Vec<u8>)> = OnceLock::new();

fn file() -> (PathBuf, Vec<u8>) {
    let path = std::env::temp_dir().join(format!("rapporteur-fuzz-{}.dossier", std::process::id()));
    let mut store = Store::create(&path).expect("a dossier can be made");
    let mut ingest = store
        .ingest("fuzz", "2026-01-01T00:00:00Z")
        .expect("reports can be added");
    let text = "The ministers met in Arvelle on Monday. \u{201c}We agree,\u{201d} said Ilva Marsh. The union rejects the plan.";
    let _ = read(&["-".into()], &Options::default(), &mut text.as_bytes(), &mut |item| {
        let _ = ingest.take(item);
        ControlFlow::Continue(())
    });
    ingest.finish().expect("what was added is kept");
    drop(store);
    let bytes = std::fs::read(&path).expect("it is a file");
    (path, bytes)
}

fuzz_target!(|data: &[u8]| {
    let (path, whole) = FILE.get_or_init(file);
    let Some((first, rest)) = data.split_first() else { return };
    let bytes = if first % 8 == 0 {
        rest.to_vec()
    } else {
        let mut bytes = whole.clone();
        for change in rest.chunks_exact(4) {
            let at = u32::from_le_bytes([change[0], change[1], change[2], 0]) as usize % bytes.len();
            bytes[at] = change[3];
        }
        bytes
    };
    for ending in ["-wal", "-shm", "-journal"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    std::fs::write(path, bytes).expect("it can be written");
    if let Ok(mut store) = Store::open(path) {
        let _ = (store.stories(), store.old(), store.dossier().articles());
        let _ = store.record(&Scope::default());
        let _ = store.load(&Scope::default());
    }
});
