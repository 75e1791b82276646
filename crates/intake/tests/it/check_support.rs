//! What the tests of the checker share: the shipped catalogue, rows from text, outcomes.

use credit::calendar::Calendar;
use credit::catalog::{Catalog, Supplier, Theme};
use credit::fault::Fault;
use credit::lang::{Lang, Text};
use intake::check::{CheckOptions, Checker, Draft, HoldReason, Outcome, Rejected};
use intake::header::bind;
use intake::read::RowBuf;
use jiff::civil::{Date, date};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The day on which every test submits.
pub const TODAY: Date = date(2026, 11, 20);

/// A unified code of an enterprise, and one of an agency; check digits are right.
pub const FIRM: &str = "91350211M000100Y46";

/// The shipped catalogue, loaded once.
pub fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
        let mut files = Vec::new();
        collect(&root, &root, &mut files);
        Catalog::load(&files).unwrap_or_else(|findings| panic!("{findings:?}"))
    })
}

fn collect(root: &Path, at: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("examples") {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|end| end == "toml") {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

pub fn theme(code: &str) -> Arc<Theme> {
    Arc::clone(catalog().theme(code, TODAY).unwrap())
}

pub fn supplier() -> &'static Supplier {
    static SUPPLIER: OnceLock<Supplier> = OnceLock::new();
    SUPPLIER.get_or_init(|| Supplier {
        code: "samr".into(),
        title: Text {
            zh: "某局".into(),
            en: "an office".into(),
            ru: "орган".into(),
        },
        area: "CN".into(),
        relays: false,
        limits: Vec::new(),
    })
}

pub fn calendar() -> &'static Calendar {
    &catalog().calendar
}

/// A checker for a theme whose file has these headers.
pub fn checker<'t>(theme: &'t Theme, header: &[&str]) -> Checker<'t> {
    checker_of(supplier(), theme, header)
}

/// The same for another supplier.
pub fn checker_of<'t>(supplier: &'t Supplier, theme: &'t Theme, header: &[&str]) -> Checker<'t> {
    let header: Vec<String> = header.iter().map(|&title| title.to_owned()).collect();
    let binding = bind(theme, &header, Lang::En).unwrap_or_else(|refusal| panic!("{refusal}"));
    let options = CheckOptions {
        today: TODAY,
        supplier,
        calendar: calendar(),
    };
    Checker::new(theme, binding, options)
}

/// A row of text as a reader would deliver it.
pub fn buffer(cells: &[&str]) -> RowBuf {
    let mut row = RowBuf::new();
    row.number = 2;
    for cell in cells {
        row.push(cell);
    }
    row
}

/// A file of one good row that a test changes cell by cell.
pub struct Sample {
    pub theme: Arc<Theme>,
    pub cells: Vec<(&'static str, String)>,
}

impl Sample {
    /// A penalty on a firm: a fine of 2,000 yuan.
    pub fn penalty() -> Sample {
        let organ = agency();
        let cells = [
            ("CF_XDR_MC", "某某市样例机械有限公司"),
            ("CF_XDR_LB", "法人及非法人组织"),
            ("CF_XDR_SHXYM", FIRM),
            ("CF_XDR_ZZJG", ""),
            ("CF_FRDB", "甲某"),
            ("CF_FR_ZJHM", ""),
            ("CF_XDR_ZJHM", ""),
            ("CF_WSH", "样市监罚〔2026〕1号"),
            ("CF_WFXW", "未按规定公示"),
            ("CF_SY", "当事人未按规定公示年度报告"),
            ("CF_YJ", "某条例第一条"),
            ("CF_CFLB", "罚款"),
            ("CF_NR", "罚款2000元"),
            ("CF_NR_FK", "0.2"),
            ("CF_NR_WFFF", ""),
            ("CF_NR_ZKDX", ""),
            ("CF_JDRQ", "2026-11-17"),
            ("CF_YXQ", "2099-12-31"),
            ("CF_GSJZQ", ""),
            ("CF_CFJG", "某某市市场监督管理局"),
            ("CF_CFJGDM", organ.as_str()),
            ("CF_SJLY", "某某市市场监督管理局"),
            ("CF_SJLYDM", organ.as_str()),
            ("BZ", ""),
            ("YZCD", ""),
        ];
        Sample {
            theme: theme("penalty"),
            cells: cells.map(|(code, cell)| (code, cell.to_owned())).to_vec(),
        }
    }

    /// A registration of a firm.
    pub fn registration() -> Sample {
        let cells = [
            ("ZTMC", "某某市样例机械有限公司"),
            ("TYSHXYDM", FIRM),
            ("ZCRQ", "2020-05-06"),
            ("ZTLX", "有限责任公司"),
            ("FDDBR", "甲某"),
            ("ZCZB", "100万元人民币"),
            ("JYFW", "机械设备销售"),
            ("ZCDZ", "某某市某某路1号"),
        ];
        Sample {
            theme: theme("registration"),
            cells: cells.map(|(code, cell)| (code, cell.to_owned())).to_vec(),
        }
    }

    /// The same with one cell changed.
    pub fn with(mut self, code: &str, cell: &str) -> Sample {
        let found = self.cells.iter_mut().find(|(known, _)| *known == code);
        found.unwrap_or_else(|| panic!("no column {code}")).1 = cell.to_owned();
        self
    }

    pub fn outcome(&self) -> Outcome {
        self.sealing(false)
    }

    /// The same, with sealed storage open or not.
    pub fn sealing(&self, open: bool) -> Outcome {
        let header: Vec<&str> = self.cells.iter().map(|(code, _)| *code).collect();
        let cells: Vec<&str> = self.cells.iter().map(|(_, cell)| cell.as_str()).collect();
        let mut checker = checker(&self.theme, &header).sealing_persons(open);
        checker.row(&buffer(&cells).row())
    }

    /// With sealed storage open, sent by a supplier.
    pub fn sealing_by(&self, supplier: &Supplier) -> Outcome {
        let header: Vec<&str> = self.cells.iter().map(|(code, _)| *code).collect();
        let cells: Vec<&str> = self.cells.iter().map(|(_, cell)| cell.as_str()).collect();
        let checker = checker_of(supplier, &self.theme, &header);
        let mut checker = checker.sealing_persons(true);
        checker.row(&buffer(&cells).row())
    }

    /// The draft of a row that must pass.
    pub fn draft(&self) -> Draft {
        match self.outcome() {
            Outcome::Ready(draft) => draft,
            other => panic!("{other:?}"),
        }
    }

    pub fn held(&self) -> (Draft, HoldReason) {
        match self.outcome() {
            Outcome::Held(draft, reason) => (draft, reason),
            other => panic!("{other:?}"),
        }
    }

    pub fn rejected(&self) -> Rejected {
        match self.outcome() {
            Outcome::Rejected(rejected) => rejected,
            other => panic!("{other:?}"),
        }
    }

    /// The rule codes of a row that must fail.
    pub fn codes(&self) -> Vec<String> {
        self.rejected()
            .faults
            .iter()
            .map(|fault| fault.rule.to_string())
            .collect()
    }

    /// The canonical text of an item of a draft.
    pub fn value(&self, draft: &Draft, code: &str) -> Option<String> {
        let ix = self.theme.item(code).unwrap();
        draft.values[ix].as_deref().map(str::to_owned)
    }
}

/// A unified code of an organ of state with a right check digit.
pub fn agency() -> String {
    uscc("11350200MB0000001")
}

/// Adds the check digit of a unified code (GB 32100-2015) to its first 17 characters.
pub fn uscc(head: &str) -> String {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let sum: u32 = head
        .chars()
        .enumerate()
        .map(|(at, each)| {
            let value = u32::try_from(ALPHABET.find(each).unwrap()).unwrap();
            value * (3_u32.pow(u32::try_from(at).unwrap()) % 31)
        })
        .sum();
    let check = (31 - sum % 31) % 31;
    format!("{head}{}", ALPHABET.as_bytes()[check as usize] as char)
}

/// Adds the check digit of a citizen's number (GB 11643-1999) to its first 17 digits.
pub fn citizen(head: &str) -> String {
    let sum: u32 = head
        .bytes()
        .enumerate()
        .map(|(at, digit)| {
            u32::from(digit - b'0') * (2_u32.pow(17 - u32::try_from(at).unwrap()) % 11)
        })
        .sum();
    let check = b"10X98765432"[(sum % 11) as usize] as char;
    format!("{head}{check}")
}

/// Every string inside an outcome: what would be written if all of it were.
pub fn strings(outcome: &Outcome) -> String {
    format!("{outcome:?}")
}

/// The texts of a fault in every language.
pub fn texts(fault: &Fault, theme: &Theme) -> String {
    let each = |lang| format!("{} {}", fault.message(lang, theme), fault.mend(lang, theme));
    Lang::ALL.map(each).join("\n")
}
