//! Row-for-row agreement with python-stdnum: on the real codes, and on codes broken on purpose.
//! Needs Python with that package, found by `GONGXIN_STDNUM_PYTHON` or installed into a virtual
//! environment in the folder that `GONGXIN_CACHE` names; without either the test says so.

use crate::registry;
use credit::identifier::{Identifier, System};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Reads codes as JSON texts, one a line, and answers 1 or 0 for each.
const ORACLE: &str = "
import json, sys
from stdnum.cn import uscc
for line in sys.stdin:
    sys.stdout.write('1' if uscc.is_valid(json.loads(line)) else '0')
";

fn python() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("GONGXIN_STDNUM_PYTHON") {
        return Some(PathBuf::from(named)).filter(|python| has_stdnum(python));
    }
    let folder = PathBuf::from(std::env::var_os("GONGXIN_CACHE")?).join("stdnum");
    let python = folder.join("bin/python");
    if has_stdnum(&python) {
        return Some(python);
    }
    let made = Command::new("python3")
        .args(["-m", "venv"])
        .arg(&folder)
        .status();
    let installed = made.ok()?.success()
        && Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "python-stdnum==2.2"])
            .status()
            .ok()?
            .success();
    installed.then_some(python)
}

fn has_stdnum(python: &Path) -> bool {
    Command::new(python)
        .args(["-c", "import stdnum.cn.uscc"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn verdicts(python: &Path, codes: &[String]) -> Vec<bool> {
    let mut child = Command::new(python)
        .args(["-c", ORACLE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let lines: String = codes
        .iter()
        .map(|code| serde_json::to_string(code).unwrap() + "\n")
        .collect();
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    output.stdout.iter().map(|byte| *byte == b'1').collect()
}

/// Codes broken in ways that files break them, and ways that try the edges.
fn broken(code: &str, at: usize) -> String {
    let mut letters: Vec<char> = code.chars().collect();
    let place = at % letters.len().max(1);
    match at % 9 {
        0 if place + 1 < letters.len() => letters.swap(place, place + 1),
        1 => letters.insert(place, ' '),
        2 => letters.insert(place, '-'),
        3 => {
            letters.remove(place);
        }
        4 => letters[place] = 'O',
        5 => letters[place] = '0',
        6 => return code.to_lowercase(),
        7 => letters.push('\t'),
        _ => letters[place] = 'I',
    }
    letters.into_iter().collect()
}

#[test]
fn agrees_with_python_stdnum_on_every_real_code() {
    let mut codes = Vec::new();
    let rows = registry::for_each(|row| codes.push(row.code.clone()));
    if rows == 0 {
        return;
    }
    let Some(python) = python() else {
        eprintln!(
            "SKIPPED: python-stdnum; set GONGXIN_CACHE to a folder where it may be installed, or \
             GONGXIN_STDNUM_PYTHON to a Python that has it"
        );
        return;
    };
    let step = 7;
    let more: Vec<String> = codes
        .iter()
        .enumerate()
        .step_by(step)
        .map(|(at, code)| broken(code, at / step))
        .collect();
    codes.extend(more);
    let theirs = verdicts(&python, &codes);
    assert_eq!(theirs.len(), codes.len());
    let ours = codes
        .iter()
        .map(|code| Identifier::parse(System::Uscc, code).is_ok());
    let differing: Vec<&String> = ours
        .zip(&theirs)
        .zip(&codes)
        .filter(|((ours, theirs), _)| ours != *theirs)
        .map(|(_, code)| code)
        .collect();
    let valid = theirs[..rows].iter().filter(|valid| **valid).count();
    eprintln!(
        "{rows} real codes, {valid} valid; {} with broken ones; {} differ",
        codes.len(),
        differing.len()
    );
    assert!(
        differing.is_empty(),
        "differ: {:?}",
        &differing[..differing.len().min(20)]
    );
}
