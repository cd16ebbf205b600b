//! probe
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use candor::config::{HostSettings, MailSettings, Tls};
use candor::mail::Smtp;
use candor::outbox::{Desk, Envelope, Job, JobKey, Outcome, Reply, SubscriberId, Transport};

struct Open {
    left: Mutex<VecDeque<i64>>,
    body: Arc<String>,
    ok: Mutex<u64>,
}
impl Desk for Open {
    fn next(&self, reply: Reply<Option<Job>>) {
        let next = self.left.lock().unwrap().pop_front();
        let body = self.body.clone();
        reply(next.map(|n| Job {
            key: JobKey::Delivery { incident: "burst-main".into(), subscriber: SubscriberId(n), seq: 1 },
            render: Arc::new(move || Envelope {
                from: format!("b+{n}@bounces.example.org"),
                to: format!("r{n}@example.org"),
                message:
                    format!("To: r{n}@example.org\r\nMessage-ID: <{n}@example.org>\r\n{body}").into_bytes(),
            }),
        }));
    }
    fn intend(&self, _: &JobKey, reply: Reply<bool>) {
        reply(true)
    }
    fn settle(&self, _: &JobKey, outcome: Outcome, reply: Reply<()>) {
        if matches!(outcome, Outcome::Accepted { .. }) {
            *self.ok.lock().unwrap() += 1
        } else {
            eprintln!("{outcome:?}")
        }
        reply(());
    }
}
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let (port, connections, mails) =
        (args[1].parse().unwrap(), args[2].parse().unwrap(), args[3].parse::<i64>().unwrap());
    let settings = MailSettings {
        relay: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        connections,
        from: "s@example.org".into(),
        ..HostSettings::default().mail
    };
    let desk = Arc::new(Open {
        left: Mutex::new((0..mails).collect()),
        body: Arc::new(format!(
            "Subject: x\r\n\r\n{}",
            "the quick brown fox jumps over it all and goes home again to eat\r\n".repeat(70)
        )),
        ok: Mutex::new(0),
    });
    let began = Instant::now();
    Smtp::new(&settings, "").unwrap().deliver(desk.clone(), &|| false).unwrap();
    let s = began.elapsed().as_secs_f64();
    println!("{} {:.0}/s", desk.ok.lock().unwrap(), mails as f64 / s);
}
