//! Row-for-row agreement with python-stdnum: on the real codes, and on codes broken on purpose.
//! Needs Python with that package.

use crate::python::Package;
use crate::registry;
use credit::identifier::{Identifier, System};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Reads codes as JSON texts, one a line, and answers 1 or 0 for each.
const ORACLE: &str = "
import json, sys
from stdnum.cn import uscc
for line in sys.stdin:
    sys.stdout.write('1' if uscc.is_valid(json.loads(line)) else '0')
";

const STDNUM: Package = Package {
    folder: "stdnum",
    variable: "GONGXIN_STDNUM_PYTHON",
    pinned: "python-stdnum==2.2",
    import: "import stdnum.cn.uscc",
};

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
    let Some(python) = STDNUM.python() else {
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
