//! A real browser for tests: Debian's chromium without a window, driven by the WebDriver protocol.
//! The protocol is a handful of JSON requests to a local port, so it is spoken here directly instead
//! of through a client library that would bring an HTTP stack of its own into the tree.

use crate::machine;
use serde_json::{Value, json};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long the driver may take to come up, and one request to be answered.
const PATIENCE: Duration = Duration::from_secs(30);

/// The key that moves on to the next field or link; fixed by the WebDriver standard.
pub const TAB: char = '\u{E004}';

/// The key that follows a link or sends a form.
pub const ENTER: char = '\u{E007}';

/// The key that leaves a field.
pub const ESCAPE: char = '\u{E00C}';

/// The key of the arrow to the right.
pub const RIGHT: char = '\u{E014}';

/// The name under which WebDriver answers an element's id; fixed by the standard.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser with one page. It ends with the value.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    // Kept until the browser has ended: its cache, cookies and settings.
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts a browser with script on or off; `None`, after one clear line, where none is installed.
    ///
    /// # Errors
    /// When it is installed and does not start.
    pub fn start(script: bool) -> io::Result<Option<Browser>> {
        let driver = machine::program(&["chromedriver"]);
        let browser = machine::program(&["chromium", "chromium-browser", "google-chrome"]);
        let (Some(driver), Some(browser)) = (driver, browser) else {
            eprintln!("SKIPPED: no browser; install the packages chromium and chromium-driver");
            return Ok(None);
        };
        let port = machine::free_port()?;
        let profile = tempfile::tempdir()?;
        let driver = Command::new(driver)
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let session = String::new();
        let mut started = Browser {
            driver,
            port,
            session,
            _profile: profile,
        };
        started.wait_until_ready()?;
        let wishes = wishes(&browser, started._profile.path(), script);
        let answer = started.request("POST", "/session", &wishes)?;
        started.session = text_of(&answer["sessionId"])?;
        Ok(Some(started))
    }

    /// Opens an address and waits until it is loaded.
    ///
    /// # Errors
    /// When the browser refuses the address.
    pub fn open(&self, address: &str) -> io::Result<()> {
        self.post("url", &json!({ "url": address })).map(drop)
    }

    /// The address of the page.
    ///
    /// # Errors
    /// When the browser has ended.
    pub fn address(&self) -> io::Result<String> {
        text_of(&self.get("url")?)
    }

    /// The title of the page.
    ///
    /// # Errors
    /// When the browser has ended.
    pub fn title(&self) -> io::Result<String> {
        text_of(&self.get("title")?)
    }

    /// The page's HTML as it stands now.
    ///
    /// # Errors
    /// When the browser has ended.
    pub fn source(&self) -> io::Result<String> {
        text_of(&self.get("source")?)
    }

    /// What a reader sees of the first element that a CSS selector names.
    ///
    /// # Errors
    /// When there is no such element.
    pub fn text(&self, css: &str) -> io::Result<String> {
        let element = self.element(css)?;
        text_of(&self.get(&format!("element/{element}/text"))?)
    }

    /// An attribute of that element; empty where it has none.
    ///
    /// # Errors
    /// When there is no such element.
    pub fn attribute(&self, css: &str, name: &str) -> io::Result<String> {
        let element = self.element(css)?;
        let value = self.get(&format!("element/{element}/attribute/{name}"))?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// How many elements a CSS selector names.
    ///
    /// # Errors
    /// When the browser has ended.
    pub fn count(&self, css: &str) -> io::Result<usize> {
        let found = self.post(
            "elements",
            &json!({ "using": "css selector", "value": css }),
        )?;
        Ok(found.as_array().map_or(0, Vec::len))
    }

    /// Clicks on an element.
    ///
    /// # Errors
    /// When there is none, or it cannot be clicked.
    pub fn click(&self, css: &str) -> io::Result<()> {
        let element = self.element(css)?;
        self.post(&format!("element/{element}/click"), &json!({}))
            .map(drop)
    }

    /// Types into a field, or names a file for an upload.
    ///
    /// # Errors
    /// When there is no such field.
    pub fn fill(&self, css: &str, text: &str) -> io::Result<()> {
        let element = self.element(css)?;
        self.post(
            &format!("element/{element}/value"),
            &json!({ "text": text }),
        )
        .map(drop)
    }

    /// Empties a field.
    ///
    /// # Errors
    /// When there is no such field.
    pub fn clear(&self, css: &str) -> io::Result<()> {
        let element = self.element(css)?;
        self.post(&format!("element/{element}/clear"), &json!({}))
            .map(drop)
    }

    /// Runs a script in the page and gives its answer.
    ///
    /// # Errors
    /// When the script throws, or scripts are off.
    pub fn run(&self, script: &str) -> io::Result<Value> {
        self.post("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Runs a script that answers later: it calls its last argument with the answer.
    ///
    /// # Errors
    /// When the script throws, does not answer in time, or scripts are off.
    pub fn run_later(&self, script: &str) -> io::Result<Value> {
        self.post("execute/async", &json!({ "script": script, "args": [] }))
    }

    /// Presses and releases a key, as the keyboard does: [`TAB`] moves on, [`ENTER`] follows.
    ///
    /// # Errors
    /// When the browser has ended.
    pub fn press(&self, key: char) -> io::Result<()> {
        let strokes = json!([
            { "type": "keyDown", "value": key.to_string() },
            { "type": "keyUp", "value": key.to_string() },
        ]);
        let keyboard = json!([{ "type": "key", "id": "keyboard", "actions": strokes }]);
        self.post("actions", &json!({ "actions": keyboard }))
            .map(drop)
    }

    /// An attribute of the element that has the focus; empty where it has none. Works without script.
    ///
    /// # Errors
    /// When the browser has ended.
    pub fn focused(&self, name: &str) -> io::Result<String> {
        let element = text_of(&self.get("element/active")?[ELEMENT])?;
        let value = self.get(&format!("element/{element}/attribute/{name}"))?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Sets the window's size in pixels; 390 × 844 is a telephone.
    ///
    /// # Errors
    /// When the browser has ended.
    pub fn resize(&self, width: u32, height: u32) -> io::Result<()> {
        self.post("window/rect", &json!({ "width": width, "height": height }))
            .map(drop)
    }

    /// Waits until an element appears.
    ///
    /// # Errors
    /// When it does not within the time.
    pub fn wait_for(&self, css: &str, patience: Duration) -> io::Result<()> {
        let start = Instant::now();
        while self.count(css)? == 0 {
            if start.elapsed() > patience {
                return Err(io::Error::other(format!(
                    "`{css}` did not appear on {}",
                    self.address()?
                )));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Writes what the window shows as a PNG file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn screenshot(&self, file: &Path) -> io::Result<()> {
        let picture = text_of(&self.get("screenshot")?)?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, from_base64(&picture))
    }

    fn element(&self, css: &str) -> io::Result<String> {
        text_of(&self.post("element", &json!({ "using": "css selector", "value": css }))?[ELEMENT])
    }

    fn get(&self, what: &str) -> io::Result<Value> {
        self.request(
            "GET",
            &format!("/session/{}/{what}", self.session),
            &Value::Null,
        )
    }

    fn post(&self, what: &str, body: &Value) -> io::Result<Value> {
        self.request("POST", &format!("/session/{}/{what}", self.session), body)
    }

    fn wait_until_ready(&self) -> io::Result<()> {
        let start = Instant::now();
        loop {
            match self.request("GET", "/status", &Value::Null) {
                Ok(_) => return Ok(()),
                Err(error) if start.elapsed() > PATIENCE => return Err(error),
                Err(_) => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    /// One request on a connection of its own; the `value` of its answer.
    fn request(&self, method: &str, path: &str, body: &Value) -> io::Result<Value> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let answer: Value = serde_json::from_slice(&read_answer(stream)?)?;
        let value = answer["value"].clone();
        match value["error"].as_str() {
            Some(error) => {
                let message = value["message"].as_str().unwrap_or_default();
                Err(io::Error::other(format!("{error}: {message}")))
            }
            None => Ok(value),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let path = format!("/session/{}", self.session);
            _ = self.request("DELETE", &path, &Value::Null);
        }
        _ = self.driver.kill();
        _ = self.driver.wait();
    }
}

/// What the browser is asked to be. Without a sandbox, since tests may run as root in a container.
fn wishes(browser: &Path, profile: &Path, script: bool) -> Value {
    let allowed = if script { 1 } else { 2 };
    let profile = format!("--user-data-dir={}", profile.display());
    json!({ "capabilities": { "alwaysMatch": {
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": browser,
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                     "--disable-background-networking", "--hide-scrollbars",
                     "--window-size=1280,900", "--lang=zh-CN", profile],
            "prefs": {
                "profile.managed_default_content_settings.javascript": allowed,
                "intl.accept_languages": "zh-CN,zh",
            },
        },
    }}})
}

/// The body of an HTTP answer: by its length where one is named, else to the end.
fn read_answer(stream: TcpStream) -> io::Result<Vec<u8>> {
    let mut reader = BufReader::new(stream);
    let mut length = None;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse::<u64>().ok();
        }
    }
    let mut body = Vec::new();
    match length {
        Some(length) => reader.take(length).read_to_end(&mut body)?,
        None => reader.read_to_end(&mut body)?,
    };
    Ok(body)
}

fn text_of(value: &Value) -> io::Result<String> {
    let text = value.as_str().map(str::to_owned);
    text.ok_or_else(|| io::Error::other(format!("the browser answered {value}")))
}

/// Bytes of base64 text; anything outside its alphabet is passed over.
fn from_base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for c in text.bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.extend(u8::try_from((bits >> count) & 0xff));
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "data:text/html;charset=utf-8,<title>公信</title><h1>One</h1><p id=p>off</p>\
                        <input id=i><script>document.getElementById('p').textContent='on'</script>";

    #[test]
    fn base64_gives_the_bytes_back() {
        assert_eq!(from_base64("iVBORw0KGgo="), b"\x89PNG\r\n\x1a\n");
        assert_eq!(from_base64(""), b"");
    }

    fn visit(script: bool) -> io::Result<Option<String>> {
        let Some(browser) = Browser::start(script)? else {
            return Ok(None);
        };
        browser.open(PAGE)?;
        assert_eq!(browser.title()?, "公信");
        assert_eq!(browser.text("h1")?, "One");
        assert_eq!((browser.count("p")?, browser.count("table")?), (1, 0));
        browser.fill("#i", "91")?;
        browser.resize(390, 844)?;
        assert!(browser.text("table").is_err());
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("shots/page.png");
        browser.screenshot(&file)?;
        assert!(std::fs::read(&file)?.starts_with(b"\x89PNG"));
        browser.text("#p").map(Some)
    }

    #[test]
    fn a_page_is_read_with_script_on_and_off() -> io::Result<()> {
        if let Some(text) = visit(true)? {
            assert_eq!(text, "on");
        }
        if let Some(text) = visit(false)? {
            assert_eq!(text, "off");
        }
        Ok(())
    }
}
