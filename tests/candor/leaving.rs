//! The links in mails: GET changes nothing, POST does it at once, a token opens only what it is for.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::relay::Relay;
use crate::site::Site;

fn request(port: u16, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: signup.town.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn one_click_unsubscribes_and_a_look_does_not() {
    let site = Site::town();
    let relay = Relay::start(Duration::ZERO);
    let port = free_port();
    site.write(
        "candor.host.toml",
        &format!(
            "[mail]\nrelay = \"smtp://127.0.0.1:{}\"\nfrom = \"Town <status@town.example>\"\n[http]\nlisten = \"127.0.0.1:{port}\"\npublic_url = \"https://signup.town.example\"\n",
            relay.port
        ),
    );
    site.write("list.csv", "email\nann@mail.example\n");
    site.candor(&["subscribers", "import", "list.csv"]).exits(0);
    site.write("content/incidents/live.md", &crate::telling::live(4));
    let mut daemon = site.start(&["run"]);
    let mut link = None;
    for _ in 0..200 {
        std::thread::sleep(Duration::from_millis(50));
        let mails = relay.stored();
        let Some(mail) = mails.iter().find(|mail| mail.to == "ann@mail.example") else { continue };
        assert!(mail.message.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
        let unfolded = mail.message.replace("\r\n ", " ");
        let header = unfolded.lines().find(|line| line.starts_with("List-Unsubscribe: ")).unwrap();
        link = header.split(['<', '>']).nth(1).map(|url| url.replace("https://signup.town.example", ""));
        break;
    }
    let link = link.expect("a mail with a link");
    assert!(request(port, "GET", &link, "").contains("No more mail from us?"));
    site.candor(&["subscribers", "list"]).says("told");
    assert!(request(port, "POST", &link.replace("/u/", "/p/"), "pace=ends").starts_with("HTTP/1.1 404"));
    let forged = format!("{}A", &link[..link.len() - 1]);
    if forged != link {
        assert!(request(port, "POST", &forged, "").starts_with("HTTP/1.1 404"));
    }
    for _ in 0..2 {
        let answer = request(port, "POST", &link, "List-Unsubscribe=One-Click");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    site.candor(&["subscribers", "list"]).says("left");
    let export = site.candor(&["subscribers", "export"]).exits(0).out;
    assert!(!export.contains("ann@"), "read back, the list would mail who has left: {export}");
    // A public address sees neither the mails nor the working copy.
    assert!(request(port, "GET", "/_mail/", "").starts_with("HTTP/1.1 403"));
    daemon.kill().unwrap();
    daemon.wait().unwrap();
}
