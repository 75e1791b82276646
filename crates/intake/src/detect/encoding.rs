//! Encoding of a text file.

use crate::refusal::{FileRefusal, RefusalKind};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

/// What was found and on what ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// By a byte order mark, by being valid, or told; `false`: by statistics.
    pub certain: bool,
}

/// Whether a sample says nothing about the encoding, because it is plain ASCII without marks.
#[must_use]
pub fn is_ascii(sample: &[u8]) -> bool {
    Encoding::ascii_valid_up_to(sample) == sample.len() && !sample.contains(&0)
}

/// Finds the encoding of a sample; `whole`: the sample is the whole file, so that a character cut
/// at its end is damage and no artefact of sampling.
pub fn encoding(sample: &[u8], told: Option<&str>, whole: bool) -> Result<Found, FileRefusal> {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return Ok(Found {
            encoding,
            certain: true,
        });
    }
    if let Some(name) = told {
        let encoding = crate::decode::encoding(name)?;
        refuse_if_wrong(sample, encoding)?;
        return Ok(Found {
            encoding,
            certain: true,
        });
    }
    if let Some(encoding) = utf16_without_mark(sample) {
        return Ok(Found {
            encoding,
            certain: false,
        });
    }
    if is_mostly_utf8(sample, whole) {
        return Ok(Found {
            encoding: UTF_8,
            certain: true,
        });
    }
    if let Some(encoding) = declared(sample) {
        return Ok(Found {
            encoding,
            certain: true,
        });
    }
    Ok(Found {
        encoding: guess(sample, whole)?,
        certain: false,
    })
}

/// The encoding that an XML declaration names. It is asked after the bytes themselves: exports
/// often declare one encoding and write another.
fn declared(sample: &[u8]) -> Option<&'static Encoding> {
    let start = sample.trim_ascii_start();
    if !start.starts_with(b"<?xml") {
        return None;
    }
    let end = start.windows(2).position(|pair| pair == b"?>")?;
    let declaration = std::str::from_utf8(start.get(..end)?).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let name = value.split(['"', '\'']).nth(1)?;
    let encoding = crate::decode::encoding(name).ok()?;
    let single_units = encoding != UTF_16BE && encoding != UTF_16LE;
    (single_units && damage(sample, encoding) * 3 <= wide_bytes(sample)).then_some(encoding)
}

/// UTF-16 text of markup and digits has a zero in every other byte.
fn utf16_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    let pairs = sample.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |offset: usize| {
        sample
            .iter()
            .skip(offset)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if even == 0 && odd * 5 > pairs {
        return Some(UTF_16LE);
    }
    (odd == 0 && even * 5 > pairs).then_some(UTF_16BE)
}

/// Valid UTF-8, or UTF-8 with little damage: at most one damaged place in twenty characters that
/// are not ASCII. Text of another encoding is damaged in nearly all of them.
fn is_mostly_utf8(sample: &[u8], whole: bool) -> bool {
    let (mut sound, mut damaged) = (0_usize, 0_usize);
    let mut rest = sample;
    loop {
        match std::str::from_utf8(rest) {
            Ok(text) => {
                sound += wide_characters(text);
                break;
            }
            Err(error) => {
                let (good, bad) = rest.split_at(error.valid_up_to());
                sound += std::str::from_utf8(good).map_or(0, wide_characters);
                let Some(skip) = error.error_len() else {
                    damaged += usize::from(whole);
                    break;
                };
                damaged += 1;
                rest = bad.get(skip..).unwrap_or(&[]);
            }
        }
    }
    damaged == 0 || damaged * 20 <= sound
}

fn wide_characters(text: &str) -> usize {
    text.chars()
        .filter(|character| !character.is_ascii())
        .count()
}

/// Tried without being told, besides UTF-8 and UTF-16.
const OURS: [&Encoding; 2] = [GB18030, BIG5];

/// What a refusal names as tried.
const TRIED: &str = "UTF-8, UTF-16, GB18030, Big5";

/// Statistics, among the encodings of two bytes that agencies here use; what fits neither is
/// refused, since a wrong guess would store garbage without a trace.
fn guess(sample: &[u8], whole: bool) -> Result<&'static Encoding, FileRefusal> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, whole);
    let of = |hint: Option<&[u8]>| match detector.guess(hint, Utf8Detection::Deny) {
        guessed if guessed == GBK => GB18030,
        guessed => guessed,
    };
    let is_sound = |guessed: &&'static Encoding| {
        OURS.contains(guessed) && damage(sample, guessed) * 20 <= wide_bytes(sample)
    };
    // Without a hint first: with one, a short list in Big5 would pass as GBK, which reads it too.
    let neutral = of(None);
    if is_sound(&neutral) {
        return Ok(neutral);
    }
    // Latin text has single bytes above ASCII, and GBK would swallow the letter after each; Japanese
    // text shows its kana.
    let found = if runs_in_pairs(sample) && neutral != SHIFT_JIS {
        let fits = || OURS.into_iter().find(|each| damage(sample, each) == 0);
        Some(of(Some(b"cn")))
            .filter(is_sound)
            .or_else(fits)
            .filter(|found| !holds_kana(sample, found))
    } else {
        None
    };
    found.ok_or_else(|| {
        let cause = format!("looks like {}", neutral.name());
        FileRefusal::new(RefusalKind::UnclearEncoding(TRIED.to_owned()), cause)
            .at(line_of_damage(sample))
    })
}

/// Whether a sample has more kana than a Chinese list would.
fn holds_kana(sample: &[u8], encoding: &'static Encoding) -> bool {
    let (text, _, _) = encoding.decode(sample);
    let kana = text
        .chars()
        .filter(|letter| matches!(letter, '\u{3041}'..='\u{30FF}'))
        .count();
    kana * 20 > wide_characters(&text)
}

/// The line on which a sample stops being UTF-8.
fn line_of_damage(sample: &[u8]) -> u64 {
    let sound = std::str::from_utf8(sample).map_or_else(|error| error.valid_up_to(), str::len);
    let before = sample.iter().take(sound);
    1 + before.filter(|byte| **byte == b'\n').count() as u64
}

/// Whether at least nine in ten runs of bytes above ASCII have an even length, as the text of
/// two-byte encodings mostly has and Latin text has not.
fn runs_in_pairs(sample: &[u8]) -> bool {
    let (mut even, mut odd, mut run) = (0_u32, 0_u32, 0_u32);
    for byte in sample.iter().chain(std::iter::once(&b' ')) {
        if byte.is_ascii() {
            match run {
                0 => {}
                length if length % 2 == 0 => even += 1,
                _ => odd += 1,
            }
            run = 0;
        } else {
            run += 1;
        }
    }
    even > 0 && odd * 9 <= even
}

fn wide_bytes(sample: &[u8]) -> usize {
    sample.iter().filter(|byte| !byte.is_ascii()).count()
}

/// Places in a sample that are no text in an encoding; a character cut at the end is not counted.
fn damage(sample: &[u8], encoding: &'static Encoding) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length(sample.len()).unwrap_or(0);
    let mut text = String::with_capacity(room);
    let (_, _, damaged) = decoder.decode_to_string(sample, &mut text, false);
    if damaged {
        text.matches(char::REPLACEMENT_CHARACTER).count()
    } else {
        0
    }
}

/// A told encoding that damages more than a third of what is not ASCII is surely the wrong one.
fn refuse_if_wrong(sample: &[u8], encoding: &'static Encoding) -> Result<(), FileRefusal> {
    let (damaged, wide) = (damage(sample, encoding), wide_bytes(sample));
    if damaged * 3 > wide && damaged > 2 {
        let name = if encoding == GB18030 {
            "GB18030/GBK"
        } else {
            encoding.name()
        };
        let cause = format!("{damaged} damaged places in {wide} bytes above ASCII");
        return Err(FileRefusal::new(
            RefusalKind::WrongEncoding(name.to_owned()),
            cause,
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> Result<&'static str, FileRefusal> {
        encoding(bytes, None, true).map(|found| found.encoding.name())
    }

    fn told(bytes: &[u8], name: &str) -> Result<&'static str, FileRefusal> {
        encoding(bytes, Some(name), true).map(|found| found.encoding.name())
    }

    #[test]
    fn short_headers_are_told_apart() -> Result<(), FileRefusal> {
        let simplified = "编号,纳税人识别号,纳税人名称,信用级别,评价年度,税务机关\n1,91230800MA18XN8J5K,佳木斯某某有限公司,2018,向阳区税务局\n";
        let traditional = "公司名稱,統一編號,地址,負責機關\n台灣某某股份有限公司,12345678,臺北市信義區松仁路,經濟部商業司\n";
        let japanese = "企業・事業場名称,所在地,公表日,違反法条\n（株）サンプル建設,東京都千代田区霞が関,平成29年５月１日,労働安全衛生法第20条\n";
        assert_eq!(found(&GB18030.encode(simplified).0)?, "gb18030");
        assert_eq!(found(&BIG5.encode(traditional).0)?, "Big5");
        assert_eq!(
            told(&SHIFT_JIS.encode(japanese).0, "shift_jis")?,
            "Shift_JIS"
        );
        assert!(found(&SHIFT_JIS.encode(japanese).0).is_err());
        assert!(found(&encoding_rs::EUC_JP.encode(japanese).0).is_err());
        assert_eq!(found(simplified.as_bytes())?, "UTF-8");
        assert_eq!(found(b"plain,ascii\n1,2\n")?, "UTF-8");
        Ok(())
    }

    #[test]
    fn latin_text_is_refused_with_the_line_and_what_was_tried() {
        let text = "Annee;Quartier;Prix\n2012;Forêt;12,5\n2013;Île;13\n2014;Château été;9\n";
        let refusal = found(&encoding_rs::WINDOWS_1252.encode(text).0);
        assert!(
            matches!(&refusal, Err(FileRefusal { kind: RefusalKind::UnclearEncoding(tried), row: Some(2), .. }) if tried.contains("Big5")),
            "{refusal:?}"
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let noise: Vec<u8> = (0_u32..4_000)
            .map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8 | 1)
            .collect();
        assert!(found(&noise).is_err());
        assert!(found(&[b"a,b\n1,".as_slice(), &[0xFF; 40]].concat()).is_err());
    }

    proptest::proptest! {
        /// Titles and names in any order are found in both encodings, however short the list is.
        #[test]
        fn lists_are_told_apart(
            titles in proptest::collection::vec(proptest::sample::select(vec![
                "統一社會信用代碼", "企業名稱", "法定代表人", "註冊地址", "處罰決定書文號", "處罰事由", "罰款金額",
                "決定日期", "機關名稱", "備註", "許可證號", "有效期限", "納稅人識別號", "評價年度",
            ]), 3..9),
            rows in 1_usize..4,
        ) {
            let traditional = format!("{}\n{}", titles.join(","), "臺北某某股份有限公司,信義區松仁路,罰鍰\n".repeat(rows));
            let simplified = credit::text::simplify(&traditional).into_owned();
            proptest::prop_assert_eq!(found(&BIG5.encode(&traditional).0).ok(), Some("Big5"));
            proptest::prop_assert_eq!(found(&GB18030.encode(&simplified).0).ok(), Some("gb18030"));
            proptest::prop_assert_eq!(found(traditional.as_bytes()).ok(), Some("UTF-8"));
        }
    }

    #[test]
    fn a_sample_cut_within_a_character_stays_utf8() -> Result<(), FileRefusal> {
        let text = "统一社会信用代码".as_bytes();
        for cut in 1..text.len() {
            let found = encoding(&text[..cut], None, false)?;
            assert_eq!(found.encoding, UTF_8, "cut at {cut}");
        }
        Ok(())
    }

    #[test]
    fn one_bad_byte_does_not_turn_a_utf8_file_into_gbk() -> Result<(), FileRefusal> {
        let mut bytes = "某市市场监督管理局行政处罚决定书文号公示信息一览表甲乙丙丁"
            .as_bytes()
            .to_vec();
        bytes.push(0xFF);
        bytes.extend_from_slice("\n某某公司\n".as_bytes());
        assert_eq!(found(&bytes)?, "UTF-8");
        Ok(())
    }

    #[test]
    fn utf16_is_known_with_and_without_its_mark() -> Result<(), FileRefusal> {
        let little: Vec<u8> = "id,name\n1,某某\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "id,name\n1,某某\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(found(&little)?, "UTF-16LE");
        assert_eq!(found(&big)?, "UTF-16BE");
        assert_eq!(
            found(&[b"\xFF\xFE".as_slice(), &little].concat())?,
            "UTF-16LE"
        );
        Ok(())
    }

    #[test]
    fn a_told_encoding_that_does_not_fit_is_refused() {
        let bytes = GB18030
            .encode("统一社会信用代码,企业名称,注册地址,经营范围")
            .0;
        let refusal = encoding(&bytes, Some("utf-8"), true);
        assert!(matches!(
            refusal,
            Err(FileRefusal {
                kind: RefusalKind::WrongEncoding(_),
                ..
            })
        ));
    }
}
