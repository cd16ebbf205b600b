//! Channels beside mail, and who hears it first.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::relay::Relay;
use crate::site::Site;
use crate::telling::live;

/// A web server on loopback that takes everything; what it read, one text for each request.
struct Room {
    port: u16,
    read: Arc<Mutex<Vec<String>>>,
}

impl Room {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let read: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = read.clone();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut request = Vec::new();
                let mut block = [0; 4096];
                // The body ends with the JSON object.
                while !request.ends_with(b"}") {
                    match stream.read(&mut block) {
                        Ok(0) | Err(_) => break,
                        Ok(count) => request.extend_from_slice(&block[..count]),
                    }
                }
                heard.lock().unwrap().push(String::from_utf8_lossy(&request).into_owned());
                let _ =
                    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
            }
        });
        Self { port, read }
    }

    fn read(&self) -> Vec<String> {
        self.read.lock().unwrap().clone()
    }
}

#[test]
fn staff_and_their_channel_hear_it_before_the_public() {
    let site = Site::town();
    let (relay, room) = (Relay::start(Duration::ZERO), Room::open());
    let toml = site.read("candor.toml")
        + "\n[plan.major]\nchannels = [\"mail\", \"town-square\"]\nstaff_first = \"10m\"\nstaff = [\"bo\", \"counter\"]\n";
    site.write("candor.toml", &toml);
    site.write("key", "one secret\n");
    let channel = |name: &str| {
        format!(
            "[channel.{name}]\nkind = \"webhook\"\nurl = \"http://127.0.0.1:{}/{name}\"\nsecret_file = \"key\"\n",
            room.port
        )
    };
    let host = format!(
        "[mail]\nrelay = \"smtp://127.0.0.1:{}\"\nfrom = \"Town status <status@town.example>\"\n{}{}",
        relay.port,
        channel("counter"),
        channel("town-square"),
    );
    site.write("candor.host.toml", &host);
    site.write("list.csv", "name,email\nReader,r0@mail.example\n");
    site.candor(&["subscribers", "import", "list.csv"]).exits(0);
    site.write("content/incidents/live.md", &live(4));
    site.candor(&["run", "--once"]).exits(0);

    let posted = room.read();
    assert_eq!(posted.len(), 1, "{posted:?}");
    assert!(posted[0].starts_with("POST /counter "), "{posted:?}");
    let (head, body) = posted[0].split_once("\r\n\r\n").unwrap();
    assert!(head.to_lowercase().contains("\r\ncandor-signature: t="), "{head}");
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["incident"]["title"], "No water in Mill Lane");
    assert_eq!(body["statement"]["status"], "investigating");
    let mails = relay.stored();
    assert!(mails.iter().all(|mail| mail.to != "r0@mail.example"), "the public waits");
    let bo: Vec<_> = mails.iter().filter(|mail| mail.to == "bo@town.example").collect();
    let first = bo.iter().find(|mail| mail.message.contains("For you first")).expect("bo hears it first");
    assert!(first.message.contains("We are cooling the pump to look inside"), "{}", first.message);
    assert!(first.message.contains("Messages to the public start"), "{}", first.message);

    // Again: nobody hears it twice, and it can be seen who waits.
    site.candor(&["run", "--once"]).exits(0);
    assert_eq!(room.read().len(), 1);
    for what in ["progress", "failed", "in-doubt"] {
        site.candor(&["delivery", what, "live"]).exits(0);
        site.candor(&["delivery", what, "lives"]).exits(2).says("Did you mean `live`?");
    }
    site.candor(&["delivery", "progress", "live"]).says("live");
    let channels = site.candor(&["delivery", "channels"]).exits(0).out;
    assert!(channels.contains("counter") && channels.contains("town-square"), "{channels}");
    assert!(channels.contains("told") && channels.contains("due"), "{channels}");
}

#[test]
fn a_room_that_is_not_there_stops_no_mail_and_is_shown() {
    let site = Site::town();
    let relay = Relay::start(Duration::ZERO);
    let toml = site.read("candor.toml") + "\n[plan.major]\nchannels = [\"mail\", \"room\"]\n";
    site.write("candor.toml", &toml);
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    site.write("room", &format!("http://127.0.0.1:{port}/T0/B0/secret\n"));
    let host = format!(
        "[mail]\nrelay = \"smtp://127.0.0.1:{}\"\nfrom = \"status@town.example\"\n[channel.room]\nkind = \"slack\"\nurl_file = \"room\"\n",
        relay.port
    );
    site.write("candor.host.toml", &host);
    site.write("list.csv", "name,email\nReader,r0@mail.example\n");
    site.candor(&["subscribers", "import", "list.csv"]).exits(0);
    site.write("content/incidents/live.md", &live(4));
    site.candor(&["run", "--once"]).exits(0);
    assert!(relay.stored().iter().any(|mail| mail.to == "r0@mail.example"));
    let channels = site.candor(&["delivery", "channels"]).exits(0).out;
    assert!(channels.contains("room") && channels.contains("tried again"), "{channels}");
    assert!(!channels.contains("B0/secret"), "{channels}");
}

/// A reader's mail comes back: found in the maildir by `run`, or handed to `bounces`.
#[test]
fn mail_that_came_back_ends_what_it_must_and_nothing_else() {
    let site = Site::town();
    site.write("candor.host.toml", "[mail]\nfrom = \"status@town.example\"\nreturned = \"returned\"\n");
    site.write("list.csv", "name,email\nA,ra@mail.example\nB,rb@mail.example\nC,rc@mail.example\n");
    site.candor(&["subscribers", "import", "list.csv"]).exits(0);
    site.write("content/incidents/live.md", &live(4));
    for folder in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(site.path(&format!("returned/{folder}"))).unwrap();
    }
    site.candor(&["run", "--once"]).exits(0);
    // The addresses to which the three mails come back.
    let envelope = |reader: &str| {
        let mails = std::fs::read_dir(site.path(".candor/mail/new")).unwrap();
        let mails = mails.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
        let mail =
            mails.into_iter().find(|mail| mail.contains(&format!("Delivered-To: {reader}\r\n"))).unwrap();
        let from = mail.lines().next().unwrap();
        from.split(['+', '@']).nth(1).unwrap().to_owned()
    };
    let sample = |name: &str, token: &str| {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bounces").join(name);
        let text = std::fs::read_to_string(root).unwrap();
        let (_, mail) = text.split_once('\n').unwrap();
        mail.replace("@BOUNCE@", token).replace("@LEAVE@", token)
    };
    let (a, b, c) = (envelope("ra@mail.example"), envelope("rb@mail.example"), envelope("rc@mail.example"));
    site.write("returned/new/1.a", &sample("hard-postfix.eml", &a));
    site.write("returned/new/2.b", &sample("reply-holiday.eml", &b));
    site.write("returned/new/3.c", &sample("policy-gmail.eml", &c));
    let run = site.candor(&["run", "--once"]).exits(0);
    let all = format!("{}{}", run.out, run.err);
    assert!(all.contains("3 returned mails read, 1 given up, 1 without a report"), "{all}");
    assert!(all.contains("5.7.26"), "{all}");
    assert_eq!(std::fs::read_dir(site.path("returned/new")).unwrap().count(), 0);
    site.candor(&["delivery", "suppressed"]).says("ra@mail.example");
    site.candor(&["delivery", "returned"]).says("no such mailbox").says("the receiver refuses us");
    let list = site.candor(&["subscribers", "list"]).exits(0).out;
    assert!(list.contains("refused by the relay") && list.matches(" told").count() == 2, "{list}");
    // A complaint by hand; the second time it is known.
    site.write("arf.eml", &sample("complaint-arf.eml", &c));
    site.candor(&["bounces", "arf.eml"]).exits(0).says("1 unsubscribed after a complaint");
    site.candor(&["bounces", "arf.eml"]).exits(0).says("1 returned mail read.");
    site.write("junk.eml", "Subject: hello\n\nhello\n");
    site.candor(&["bounces", "junk.eml"]).exits(0).says("look at it yourself");
}
