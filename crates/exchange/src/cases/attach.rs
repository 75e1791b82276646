//! Attachments: what a file is, is read from its bytes and not from its name; what could act when it is
//! opened is refused. PDF, PNG, JPEG, and Office documents of the open kind are taken.

mod office;
mod pdf;

use crate::error::{Error, Result};
use credit::lang::Lang;
use store::NewFile;

/// Bytes of one file: a scan of 20 pages at 300 dpi in JPEG has about 10 MB; a clerk reads no more.
pub const FILE_BYTES: usize = 10 << 20;
/// Files with one move: 5 × [`FILE_BYTES`] = 50 MiB, under the limit of an upload.
pub const FILES: usize = 5;
/// Characters of a name.
const NAME_CHARS: usize = 120;

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsafe {
    /// It is none of the kinds that are taken.
    #[error("the file is none of the kinds that are taken")]
    Kind,
    /// It is empty or too large.
    #[error("the file is empty or too large")]
    Size,
    /// It holds scripts, macros, embedded files, or leads elsewhere when it is opened.
    #[error("the file holds something that acts when it is opened")]
    Active,
    /// It is locked, so that nobody can look into it.
    #[error("the file is locked")]
    Locked,
    /// It is damaged, or built so that it cannot be looked through.
    #[error("the file cannot be looked through")]
    Unreadable,
}

impl Unsafe {
    /// What the sender is told, and how to go on.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        let megabytes = FILE_BYTES >> 20;
        match (self, lang) {
            (Unsafe::Kind, Lang::Zh) => "只接受 PDF、PNG、JPEG、DOCX 和 XLSX 文件，且内容须与格式相符。".to_owned(),
            (Unsafe::Kind, Lang::En) => "PDF, PNG, JPEG, DOCX and XLSX files are taken, by what they hold and not by name.".to_owned(),
            (Unsafe::Kind, Lang::Ru) => "Принимаются PDF, PNG, JPEG, DOCX и XLSX, по содержимому, а не по имени.".to_owned(),
            (Unsafe::Size, Lang::Zh) => format!("附件不能为空，每个不超过 {megabytes} MB。"),
            (Unsafe::Size, Lang::En) => format!("An attachment has something in it, and at most {megabytes} MB."),
            (Unsafe::Size, Lang::Ru) => format!("Вложение не пустое и не больше {megabytes} МБ."),
            (Unsafe::Active, Lang::Zh) => "附件含有脚本、宏、内嵌文件或外部链接，不能接受。请打印成 PDF 或者扫描后再上传。".to_owned(),
            (Unsafe::Active, Lang::En) => "The attachment holds scripts, macros, embedded files or links that open by themselves. Print it to PDF or scan it, and send that.".to_owned(),
            (Unsafe::Active, Lang::Ru) => "Во вложении сценарии, макросы, встроенные файлы или внешние ссылки. Напечатайте в PDF или отсканируйте и отправьте снова.".to_owned(),
            (Unsafe::Locked, Lang::Zh) => "附件加了密码，无法查看。请去掉密码后再上传。".to_owned(),
            (Unsafe::Locked, Lang::En) => "The attachment is locked by a password. Take that off and send it again.".to_owned(),
            (Unsafe::Locked, Lang::Ru) => "Вложение защищено паролем. Снимите пароль и отправьте снова.".to_owned(),
            (Unsafe::Unreadable, Lang::Zh) => "附件损坏或者无法检查。请重新导出或者扫描后再上传。".to_owned(),
            (Unsafe::Unreadable, Lang::En) => "The attachment is damaged or cannot be looked through. Export or scan it anew.".to_owned(),
            (Unsafe::Unreadable, Lang::Ru) => "Вложение повреждено или не поддаётся проверке. Экспортируйте или отсканируйте заново.".to_owned(),
        }
    }
}

/// What a file is, if it may be taken.
///
/// # Errors
/// [`Unsafe`].
pub fn examine(content: &[u8]) -> std::result::Result<&'static str, Unsafe> {
    if content.is_empty() || content.len() > FILE_BYTES {
        return Err(Unsafe::Size);
    }
    if content.starts_with(b"%PDF-") {
        return pdf::examine(content).map(|()| "application/pdf");
    }
    if content.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok("image/png");
    }
    if content.starts_with(b"\xff\xd8\xff") {
        return Ok("image/jpeg");
    }
    if content.starts_with(b"PK\x03\x04") {
        return office::examine(content);
    }
    Err(Unsafe::Kind)
}

/// Takes the files of a move.
///
/// # Errors
/// [`Error::Request`] for too many of them, and for one that is refused.
pub(super) fn take(files: Vec<super::Upload>) -> Result<Vec<NewFile>> {
    if files.len() > FILES {
        return Err(Error::request(
            format!("一次最多 {FILES} 个附件。"),
            format!("At most {FILES} attachments at a time."),
            format!("Не более {FILES} вложений за раз."),
        ));
    }
    let mut taken = Vec::with_capacity(files.len());
    for file in files {
        let media = examine(&file.content).map_err(|why| {
            Error::request(why.text(Lang::Zh), why.text(Lang::En), why.text(Lang::Ru))
        })?;
        taken.push(NewFile {
            name: name(&file.name),
            media,
            digest: seal::sha256(&file.content).0,
            content: file.content,
        });
    }
    Ok(taken)
}

/// A name without a path, control characters or what reorders its letters.
fn name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: &char| {
        let reorders = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        !c.is_control() && !reorders && !matches!(c, '"' | '<' | '>' | ';')
    };
    let name: String = last.chars().filter(plain).take(NAME_CHARS).collect();
    let name = name.trim();
    if name.is_empty() { "file" } else { name }.to_owned()
}
