//! JSON, NDJSON and XML: records with names.

use crate::support::{read, read_with};
use intake::read::{Format, ReadOptions, RowProblem};
use intake::refusal::RefusalKind;
use std::error::Error;

type Outcome = Result<(), Box<dyn Error>>;

fn refused(name: &str, bytes: &[u8]) -> Result<usize, RefusalKind> {
    read(name, bytes)
        .map(|file| file.rows.len())
        .map_err(|refusal| refusal.kind)
}

#[test]
fn the_largest_list_of_objects_is_the_records() -> Outcome {
    let text = r#"{"code":200,"errors":[{"x":1}],"data":{"total":2,"list":[{"a":"1","b":2},{"b":"é","a":null}]}}"#;
    let file = read("x.json", text.as_bytes())?;
    assert_eq!(file.header, ["a", "b"]);
    assert_eq!(file.cells(), [["1", "2"], ["", "é"]]);
    assert_eq!(file.numbers(), [2, 3]);
    Ok(())
}

#[test]
fn one_object_is_one_record() -> Outcome {
    let file = read("x.json", br#"{"CF_WSH":"1","CF_NR_FK":0.2,"CF_YJ":null}"#)?;
    assert_eq!(file.header, ["CF_WSH", "CF_NR_FK", "CF_YJ"]);
    assert_eq!(file.cells(), [["1", "0.2", ""]]);
    Ok(())
}

#[test]
fn numbers_keep_their_digits_and_nested_values_become_text() -> Outcome {
    let text = r#"[{"code":912308000000000000123456789,"n":1.50,"t":true,"o":{"k": [1, "a b"] }}]"#;
    let file = read("x.json", text.as_bytes())?;
    assert_eq!(
        file.cells(),
        [[
            "912308000000000000123456789",
            "1.50",
            "true",
            r#"{"k":[1,"a b"]}"#
        ]]
    );
    Ok(())
}

#[test]
fn lists_of_lists_bring_their_header() -> Outcome {
    let file = read(
        "x.json",
        r#"[["编号","名称"],[1,"甲"],[2,"乙\n丙"]]"#.as_bytes(),
    )?;
    assert_eq!(file.header, ["编号", "名称"]);
    assert_eq!(file.cells(), [["1", "甲"], ["2", "乙\n丙"]]);
    assert_eq!(file.numbers(), [2, 3]);
    Ok(())
}

#[test]
fn a_broken_record_is_the_fault_of_its_row() -> Outcome {
    let file = read("x.json", br#"[{"a":1},{"a":bad},7,{"a":2,"a":3},{"a":4}]"#)?;
    let problems: Vec<_> = file.rows.iter().map(|row| row.problem.clone()).collect();
    let doubled = Some(RowProblem::DoubledField("a".to_owned()));
    assert_eq!(
        problems,
        [
            None,
            Some(RowProblem::Broken),
            Some(RowProblem::Broken),
            doubled,
            None
        ]
    );
    let lines = read("x.ndjson", b"{\"a\":1}\n\nnonsense\n{\"a\":2}\n")?;
    assert_eq!(lines.numbers(), [1, 3, 4]);
    assert_eq!(lines.rows[1].problem, Some(RowProblem::Broken));
    assert_eq!(lines.rows[2].cells, ["2"]);
    Ok(())
}

#[test]
fn a_field_that_the_sample_lacked_is_named_on_its_row() -> Outcome {
    let mut text = "{\"a\":1}\n".repeat(1_000);
    text.push_str("{\"a\":2,\"新\":3}\n");
    let file = read("x.ndjson", text.as_bytes())?;
    assert_eq!(file.header, ["a"]);
    assert_eq!(
        file.rows[1_000].problem,
        Some(RowProblem::UnknownField("新".to_owned()))
    );
    Ok(())
}

#[test]
fn json_that_breaks_off_keeps_what_was_whole() -> Outcome {
    let file = read("x.json", br#"[{"a":1},{"a":2},{"a":"#)?;
    assert_eq!(file.rows.len(), 3);
    assert_eq!(file.rows[1].cells, ["2"]);
    assert_eq!(file.rows[2].problem, Some(RowProblem::CutOff));
    assert_eq!(
        refused("x.json", br#"[{"a":1} {"a":2}]"#),
        Err(RefusalKind::Malformed)
    );
    assert_eq!(
        refused("x.json", br#"{"a":[{"b":1}],"c":"#),
        Err(RefusalKind::Malformed)
    );
    assert_eq!(
        refused("x.json", br#"["a","b"]"#),
        Err(RefusalKind::NoRecords)
    );
    assert_eq!(refused("x.json", b"[]"), Err(RefusalKind::NoRecords));
    Ok(())
}

#[test]
fn deep_json_is_refused_before_it_is_parsed() {
    let deep = format!(
        "[{{\"a\":{}1{}}}]",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(
        refused("x.json", deep.as_bytes()),
        Err(RefusalKind::TooDeep)
    );
    let deep = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    assert_eq!(
        refused("x.json", deep.as_bytes()),
        Err(RefusalKind::TooDeep)
    );
    let wide = format!("[{{\"a\":\"{}\"}}]", "x".repeat(2 << 20));
    assert_eq!(
        refused("x.json", wide.as_bytes()),
        Err(RefusalKind::TooLongLine)
    );
    let many: Vec<String> = (0..600).map(|n| format!("\"f{n}\":1")).collect();
    assert_eq!(
        refused("x.json", format!("[{{{}}}]", many.join(",")).as_bytes()),
        Err(RefusalKind::TooManyColumns)
    );
}

#[test]
fn json_in_gbk_is_read() -> Outcome {
    let bytes = encoding_rs::GB18030
        .encode(r#"[{"名称":"佳木斯市平安消防设备厂","机关":"佳木斯市前进区税务局"}]"#)
        .0;
    let file = read("x.json", &bytes)?;
    assert_eq!(file.header, ["名称", "机关"]);
    assert_eq!(
        file.cells(),
        [["佳木斯市平安消防设备厂", "佳木斯市前进区税务局"]]
    );
    Ok(())
}

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- export --><data date="2024-01-02"><head><total>2</total></head><rows>
<row id="1"><名称>甲 &amp; 乙&#x4E00;</名称><fine unit="元"><sum>5</sum></fine><tag>a</tag><tag>b</tag></row>
<row id="2"><名称><![CDATA[<丙>]]></名称><tag/></row></rows></data>"#;

#[test]
fn attributes_and_elements_of_a_record_are_columns() -> Outcome {
    let file = read("x.xml", XML.as_bytes())?;
    assert_eq!(file.end.format(), Format::Xml);
    assert_eq!(file.header, ["id", "名称", "fine@unit", "fine/sum", "tag"]);
    assert_eq!(
        file.cells(),
        [
            ["1", "甲 & 乙一", "元", "5", "a;b"],
            ["2", "<丙>", "", "", ""]
        ]
    );
    assert_eq!(file.numbers(), [2, 3]);
    Ok(())
}

#[test]
fn xml_says_its_encoding() -> Outcome {
    let text = "<?xml version=\"1.0\" encoding=\"GBK\"?><r><x><n>某某</n></x><x><n>厂</n></x></r>";
    let file = read("x.xml", &encoding_rs::GB18030.encode(text).0)?;
    assert_eq!(file.cells(), [["某某"], ["厂"]]);
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(
        read("x.xml", &[b"\xFF\xFE".as_slice(), &little].concat())?.cells(),
        [["某某"], ["厂"]]
    );
    let told = ReadOptions {
        encoding: Some("gbk"),
        ..ReadOptions::default()
    };
    assert_eq!(
        read_with("x.xml", &encoding_rs::GB18030.encode(text).0, &told)?.cells(),
        [["某某"], ["厂"]]
    );
    Ok(())
}

#[test]
fn entities_and_document_types_are_refused() {
    let laughs = r#"<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l><r><x>&b;</x></r></l>"#;
    assert_eq!(
        refused("x.xml", laughs.as_bytes()),
        Err(RefusalKind::DocumentType)
    );
    assert_eq!(
        refused("x.xml", b"<l><r><x>&b;</x></r></l>"),
        Err(RefusalKind::DocumentType)
    );
    let external = r#"<!DOCTYPE l SYSTEM "file:///etc/passwd"><l><r><x>1</x></r></l>"#;
    assert_eq!(
        refused("x.xml", external.as_bytes()),
        Err(RefusalKind::DocumentType)
    );
}

#[test]
fn broken_and_hostile_xml_is_refused() {
    assert_eq!(
        refused("x.xml", b"<l><r><x>1</x></r><r><x>2"),
        Err(RefusalKind::Malformed)
    );
    assert_eq!(
        refused("x.xml", b"<l><r><x>1</y></r></l>"),
        Err(RefusalKind::Malformed)
    );
    let deep = "<a>".repeat(100);
    assert_eq!(refused("x.xml", deep.as_bytes()), Err(RefusalKind::TooDeep));
    let long = format!("<l><r><x>{}</x></r></l>", "x".repeat(3 << 20));
    assert_eq!(
        refused("x.xml", long.as_bytes()),
        Err(RefusalKind::TooLongLine)
    );
    let tag = format!("<l><r {}=\"1\"/></l>", "x".repeat(3 << 20));
    assert_eq!(
        refused("x.xml", tag.as_bytes()),
        Err(RefusalKind::TooLongLine)
    );
}

#[test]
fn exponents_are_numbers_in_json_and_texts_in_strings() -> Outcome {
    let file = read(
        "x.json",
        br#"[{"a":1.5e3,"b":"1.5e3","c":-2E-2,"d":1e400}]"#,
    )?;
    assert_eq!(file.cells(), [["1500", "1.5e3", "-0.02", "1e400"]]);
    Ok(())
}
