//! Delimited text: what real and broken files look like row by row.

use crate::support::{open_path, read, read_path, read_with, shared};
use intake::read::{CellState, Format, ReadOptions, RowProblem};
use intake::refusal::{FileRefusal, RefusalKind};
use std::error::Error;

type Outcome = Result<(), Box<dyn Error>>;

#[test]
fn rows_are_numbered_as_a_spreadsheet_does() -> Outcome {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["a,b", "1,2", "", "\"x\ny\",3", "", "", "4,5"].join(end);
        for text in [text.clone(), text + end] {
            let file = read("x.csv", text.as_bytes())?;
            assert_eq!(file.header, ["a", "b"], "{text:?}");
            assert_eq!(file.numbers(), [2, 4, 7], "{text:?}");
            assert_eq!(
                file.cells(),
                [["1", "2"], ["x\ny", "3"], ["4", "5"]],
                "{text:?}"
            );
        }
    }
    Ok(())
}

#[test]
fn ragged_rows_keep_their_true_width() -> Outcome {
    let file = read("x.csv", b"a,b,c\n1,2,3\n1,2\n1,2,3,4\n,,\n1,2,3\n")?;
    let widths: Vec<usize> = file.rows.iter().map(|row| row.cells.len()).collect();
    assert_eq!(widths, [3, 2, 4, 3, 3]);
    Ok(())
}

#[test]
fn quotation_marks_and_marks_of_no_meaning() -> Outcome {
    let file = read("x.csv", b"\xEF\xBB\xBFa,b\n\"1,\"\"2\"\"\",x\n5\" disk,y\n")?;
    assert_eq!(file.header, ["a", "b"]);
    assert_eq!(file.cells(), [["1,\"2\"", "x"], ["5\" disk", "y"]]);
    Ok(())
}

#[test]
fn damaged_bytes_mark_their_cell_and_nothing_else() -> Outcome {
    let mut bytes = "名称,文号\n甲公司,一号\n乙".as_bytes().to_vec();
    bytes.extend_from_slice(b"\xFF\xFE");
    bytes.extend_from_slice("公司,二号\n丙公司,三号决定书,\n".as_bytes());
    let file = read_with(
        "x.csv",
        &bytes,
        &ReadOptions {
            encoding: Some("utf-8"),
            ..ReadOptions::default()
        },
    )?;
    assert_eq!(file.rows[1].unsound, [(0, CellState::Malformed)]);
    assert_eq!(file.rows[1].cells[1], "二号");
    assert!(file.rows[0].unsound.is_empty() && file.rows[2].unsound.is_empty());
    assert!(file.end.replaced() > 0);
    Ok(())
}

#[test]
fn nul_bytes_stay_in_their_cell() -> Outcome {
    let file = read("x.csv", b"a,b\n1\x00,2\n3,4\n5,6\n7,8\n9,10\n")?;
    assert_eq!(file.rows[0].cells, ["1\0", "2"]);
    assert_eq!(file.rows.len(), 5);
    Ok(())
}

#[test]
fn an_unclosed_quotation_mark_is_a_cut_or_a_refusal() -> Outcome {
    let file = read("x.csv", b"a,b\n1,\"2\n3,4\n")?;
    assert_eq!(file.rows.len(), 1);
    assert_eq!(file.rows[0].problem, Some(RowProblem::CutOff));
    let mut long = b"a,b\n1,\"2\n".to_vec();
    long.extend(b"3,4\n".repeat(600_000));
    let refusal = read("x.csv", &long).map(|file| file.rows.len());
    assert!(
        matches!(
            &refusal,
            Err(FileRefusal {
                kind: RefusalKind::TooLongLine,
                row: Some(2),
                ..
            })
        ),
        "{refusal:?}"
    );
    Ok(())
}

#[test]
fn too_long_a_cell_is_cut_and_marked() -> Outcome {
    let text = format!("a,b\n{},2\n3,4\n", "长".repeat(40_000));
    let file = read("x.csv", text.as_bytes())?;
    assert_eq!(file.rows[0].unsound, [(0, CellState::TooLong)]);
    assert_eq!(
        file.rows[0].cells[0].chars().count(),
        credit::limits::CELL_CHARS
    );
    assert_eq!(file.rows[1].cells, ["3", "4"]);
    Ok(())
}

#[test]
fn title_lines_above_the_header_are_passed_over() -> Outcome {
    let text =
        "附件1,,,\n行政处罚信息公示表,,,\n\n文号,名称,类别,日期\n甲1,某某公司,罚款,2024-01-02\n";
    let file = read("x.csv", text.as_bytes())?;
    assert_eq!(file.header, ["文号", "名称", "类别", "日期"]);
    assert_eq!(file.end.skipped(), [1, 2]);
    assert_eq!(file.end.header_row(), 4);
    assert_eq!(file.numbers(), [5]);
    Ok(())
}

#[test]
fn a_poor_header_is_still_the_header() -> Outcome {
    let file = read(
        "x.csv",
        "编号,名称,,\n甲1,某某公司,罚款,警告\n甲2,某某工厂,罚款,警告\n".as_bytes(),
    )?;
    assert_eq!(file.header, ["编号", "名称", "", ""]);
    assert_eq!(file.rows.len(), 2);
    let years = read("x.csv", b"2018,2019,name\na,b,c\nd,e,f\n")?;
    assert_eq!(years.header, ["2018", "2019", "name"]);
    Ok(())
}

#[test]
fn the_ideographic_comma_separates_too() -> Outcome {
    let file = read("x.txt", "甲、乙、丙\n1、\"2、3\"、4\n5、6、7\n".as_bytes())?;
    assert_eq!(file.end.delimiter(), Some('、'));
    assert_eq!(file.cells(), [["1", "2、3", "4"], ["5", "6", "7"]]);
    Ok(())
}

#[test]
fn a_stray_tab_between_titles_is_explained_or_refused() -> Outcome {
    let split = read("x.csv", b"no\tcode,name\n1,A,x\n2,B,y\n")?;
    assert_eq!(split.header, ["no", "code", "name"]);
    let unclear = read(
        "x.csv",
        b"no\tcode,name,class,year\n1,A,x,2018\n2,B,y,2018\n",
    )
    .map(|file| file.header);
    let expected = RefusalKind::HeaderUnclear {
        titles: 5,
        cells: 4,
    };
    assert_eq!(unclear.map_err(|refusal| refusal.kind), Err(expected));
    Ok(())
}

#[test]
fn packed_files_are_read_as_they_are() -> Outcome {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all("名称,文号\n甲公司,一号\n".as_bytes())?;
    let mut bytes = packer.finish()?;
    let file = read("whatever", &bytes)?;
    assert_eq!(file.cells(), [["甲公司", "一号"]]);
    bytes.truncate(bytes.len() - 9);
    let refusal = read("x.csv.gz", &bytes)
        .map(|file| file.rows.len())
        .map_err(|refusal| refusal.code());
    assert_eq!(refusal, Err("file.damaged_archive"));
    Ok(())
}

#[test]
fn an_encoding_that_shows_only_far_down_is_found() -> Outcome {
    let mut bytes = b"code,name\n".to_vec();
    bytes.extend(b"91230800MA18XN8J5K,\n".repeat(40_000));
    bytes.extend_from_slice(
        &encoding_rs::GB18030
            .encode("91230800X06660296A,黑龙江省机场管理集团有限公司佳木斯分公司\n")
            .0,
    );
    let file = read("x.csv", &bytes)?;
    assert_eq!(file.end.encoding(), Some("gb18030"));
    assert_eq!(
        file.rows.last().map(|row| row.cells[1].as_str()),
        Some("黑龙江省机场管理集团有限公司佳木斯分公司")
    );
    Ok(())
}

/// The shipped theme, read from the catalogue's files.
fn tax_theme() -> Result<std::sync::Arc<credit::catalog::model::Theme>, Box<dyn Error>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut files = Vec::new();
    for path in crate::support::files_below(&folder)? {
        let name = path.strip_prefix(&folder)?.to_string_lossy().into_owned();
        files.push((name, std::fs::read_to_string(&path)?));
    }
    let catalog = credit::catalog::Catalog::load(&files)
        .map_err(|findings| format!("{} findings, first {:?}", findings.len(), findings.first()))?;
    let theme = catalog.themes.iter().find(|theme| theme.code == "tax-a");
    Ok(theme.cloned().ok_or("no theme tax-a")?)
}

#[test]
fn the_real_list_in_gbk_is_read_whole() -> Outcome {
    let Some(shared) = shared() else {
        return Ok(());
    };
    let path = shared.join("cn_tax_a_list/heilongjiang.csv");
    let unclear = open_path(&path, &ReadOptions::default()).map(|rows| rows.header().to_vec());
    assert_eq!(
        unclear.map_err(|refusal| refusal.code()),
        Err("file.header_unclear")
    );
    let theme = tax_theme()?;
    let options = ReadOptions {
        theme: Some(&theme),
        ..ReadOptions::default()
    };
    let mut rows = open_path(&path, &options)?;
    assert_eq!(rows.encoding(), Some("gb18030"));
    assert!(
        theme
            .layouts
            .iter()
            .any(|layout| layout.fits(rows.header())),
        "{:?}",
        rows.header()
    );
    let (mut seen, mut ragged) = (0, 0);
    while let Some(row) = rows.next()? {
        seen += 1;
        ragged += usize::from(row.len() != 5);
        assert!(
            (0..row.len()).all(|column| row.state(column) == CellState::Sound),
            "row {}",
            row.number
        );
    }
    assert_eq!((seen, ragged, rows.replaced()), (5_230, 0, 0));
    Ok(())
}

#[test]
fn a_title_that_nobody_filled_is_found_by_the_theme() -> Outcome {
    let theme = tax_theme()?;
    let options = ReadOptions {
        theme: Some(&theme),
        ..ReadOptions::default()
    };
    let text = "序号\t纳税人识别号,纳税人名称,信用级别,评价年度,税务机关\n1,91230800MA18XN8J5K,某某有限公司,2018,某某税务局\n";
    let file = read_with("x.csv", text.as_bytes(), &options)?;
    assert_eq!(file.end.dropped(), ["信用级别"]);
    assert_eq!(
        file.header,
        ["序号", "纳税人识别号", "纳税人名称", "评价年度", "税务机关"]
    );
    Ok(())
}

#[test]
fn every_real_registration_is_as_wide_as_its_header() -> Outcome {
    let Some(shared) = shared() else {
        return Ok(());
    };
    for (year, rows) in [("1978", 184), ("1984", 5462), ("1999", 96_405)] {
        let file = read_path(&shared.join(format!("cn_registry/{year}.csv.gz")))?;
        assert_eq!(file.end.encoding(), Some("UTF-8"));
        assert_eq!(file.end.format(), Format::Csv);
        assert_eq!(file.rows.len(), rows, "{year}");
        let ragged = file
            .rows
            .iter()
            .filter(|row| row.cells.len() != file.header.len())
            .count();
        assert_eq!(ragged, 0, "{year}");
    }
    Ok(())
}

#[test]
fn a_file_in_no_encoding_of_ours_is_refused_and_says_how_to_go_on() -> Outcome {
    let text = format!("a;b\n{}10;Forêt où\n", "1;2\n".repeat(90_000));
    let bytes = encoding_rs::WINDOWS_1252.encode(&text).0;
    let Err(refusal) = read("x.csv", &bytes) else {
        return Err("it was read".into());
    };
    assert_eq!(refusal.code(), "file.unclear_encoding");
    assert_eq!(refusal.row, Some(90_002));
    for lang in credit::lang::Lang::ALL {
        let message = refusal.message(lang);
        assert!(
            message.contains("--encoding") && message.contains("90002"),
            "{message}"
        );
        assert!(
            message.contains("GB18030") && !message.contains("For"),
            "{message}"
        );
    }
    let told = ReadOptions {
        encoding: Some("windows-1252"),
        ..ReadOptions::default()
    };
    assert_eq!(read_with("x.csv", &bytes, &told)?.rows.len(), 90_001);
    Ok(())
}
