//! One connection and the mails it carries, phase by phase.
//!
//! What is known after each step decides the outcome: before the dot nothing was sent, whatever happens; from the first
//! byte of the dot until its reply nobody knows. A connection whose state is not certain is dropped, never reused and
//! never shown QUIT; dropping it before the dot makes the relay discard the mail (RFC 5321 section 4.1.1.4).

use std::error::Error;
use std::io;
use std::time::Duration;

use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Quit, Rset};
use lettre::transport::smtp::response::Response;
use tokio::io::AsyncWriteExt;

use super::deadlines::{Deadlines, within};
use super::envelope::{Commands, stuffed};
use super::verdict::{Answer, Phase};
use super::wire::Line;
use crate::outbox::{Envelope, Outcome};

/// How long a connection waits for the reply to QUIT.
const GOODBYE: Duration = Duration::from_secs(5);

/// What the relay's EHLO offers, of what we use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Offers {
    pub(super) pipelining: bool,
    pub(super) smtputf8: bool,
    /// RFC 3461: it says for which mail a report is, and what it is to hold.
    pub(super) dsn: bool,
}

impl Offers {
    pub(super) fn of(ehlo: &Response) -> Self {
        let offers = |keyword: &str| {
            let words = ehlo.message().skip(1).filter_map(|line| line.split_ascii_whitespace().next());
            words.into_iter().any(|word| word.eq_ignore_ascii_case(keyword))
        };
        Self { pipelining: offers("PIPELINING"), smtputf8: offers("SMTPUTF8"), dsn: offers("DSN") }
    }
}

/// Whether the connection can carry another mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Fit,
    Unfit,
}

/// A greeted connection.
pub(super) struct Session {
    smtp: AsyncSmtpConnection,
    line: Line,
    offers: Offers,
    deadlines: Deadlines,
}

/// How far a transaction came.
enum Opened {
    /// MAIL, RCPT and DATA accepted: the relay waits for the body.
    Ready,
    Failed(Outcome, Fit),
}

impl Session {
    pub(super) fn new(smtp: AsyncSmtpConnection, line: Line, offers: Offers, deadlines: Deadlines) -> Self {
        Self { smtp, line, offers, deadlines }
    }

    pub(super) fn offers(&self) -> Offers {
        self.offers
    }

    /// Carries one mail as far as it goes. `may_go` is asked when all but the final dot is on its way.
    pub(super) async fn carry(
        &mut self,
        mail: &Envelope,
        may_go: impl Future<Output = bool>,
    ) -> (Outcome, Fit) {
        let commands = match Commands::of(mail, self.offers) {
            Ok(commands) => commands,
            Err((code, text)) => return (Outcome::Refused { code, text: text.to_owned() }, Fit::Fit),
        };
        match self.open(&commands).await {
            Opened::Ready => {}
            Opened::Failed(outcome, fit) => return (outcome, fit),
        }
        if let Err(why) = self.write_body(&mail.message).await {
            return (Outcome::NotSent { why }, Fit::Unfit);
        }
        if !may_go.await {
            return (Outcome::TakenBack, Fit::Unfit);
        }
        // A relay that hung up or gave notice meanwhile would leave the mail in doubt: seen now, it was not sent.
        if let Err(why) = self.line.quiet().await {
            return (Outcome::NotSent { why: format!("before the final dot the relay {why}") }, Fit::Unfit);
        }
        self.write_dot().await
    }

    async fn open(&mut self, commands: &Commands) -> Opened {
        let Deadlines { command, data, .. } = self.deadlines;
        let (mail, rcpt, data) = if self.offers.pipelining {
            let all = format!("{}{}DATA\r\n", commands.mail, commands.rcpt);
            let mail = self.say(&all, command).await;
            let rcpt = self.hear(mail.is_ok(), command).await;
            let data = self.hear(rcpt.is_ok(), data).await;
            (mail, rcpt, data)
        } else {
            let mail = self.say(&commands.mail, command).await;
            let accepted = mail.as_ref().is_ok_and(|answer| answer.code == 250);
            let rcpt = if accepted { self.say(&commands.rcpt, command).await } else { skipped() };
            let accepted = rcpt.as_ref().is_ok_and(|answer| matches!(answer.code, 250 | 251));
            let data = if accepted { self.say("DATA\r\n", data).await } else { skipped() };
            (mail, rcpt, data)
        };
        let refused_rcpt = rcpt.as_ref().is_ok_and(|answer| !matches!(answer.code, 250 | 251));
        let fit = match (&mail, &rcpt, &data) {
            (Ok(_), Ok(_), Ok(data)) if data.code != 354 => Fit::Fit,
            (Ok(_), Ok(_), Ok(_)) if refused_rcpt => self.lone_dot().await,
            // MAIL refused, yet a recipient and DATA accepted: a dot now might send an empty mail. Or no reply at all.
            _ => Fit::Unfit,
        };
        // The first refusal is the cause, even if the connection broke after it.
        let (answer, phase) = match (mail, rcpt, data) {
            (Ok(mail), _, _) if mail.code != 250 => (mail, Phase::Mail),
            (Ok(_), Ok(rcpt), _) if refused_rcpt => (rcpt, Phase::Rcpt),
            (Ok(_), Ok(_), Ok(data)) if data.code == 354 => return Opened::Ready,
            (Ok(_), Ok(_), Ok(data)) => (data, Phase::Data),
            (Err(why), _, _) | (_, Err(why), _) | (_, _, Err(why)) => {
                return Opened::Failed(Outcome::NotSent { why }, Fit::Unfit);
            }
        };
        if !(400..600).contains(&answer.code) || answer.closes() {
            // 421: it is the relay that is unwell, not the mail. Anything else: it does not follow.
            let why = format!("the relay answered {} {}", answer.code, answer.text);
            return Opened::Failed(Outcome::NotSent { why }, Fit::Unfit);
        }
        let fit = if fit == Fit::Fit { self.reset().await } else { fit };
        Opened::Failed(answer.judge(phase), fit)
    }

    /// RFC 2920 section 3.1: DATA may be accepted although every RCPT was refused. An empty body to nobody ends it.
    async fn lone_dot(&mut self) -> Fit {
        match self.say(".\r\n", self.deadlines.command).await {
            Ok(answer) if !answer.closes() => Fit::Fit,
            _ => Fit::Unfit,
        }
    }

    async fn reset(&mut self) -> Fit {
        match self.say(Rset, self.deadlines.command).await {
            Ok(answer) if answer.code == 250 => Fit::Fit,
            _ => Fit::Unfit,
        }
    }

    /// Everything but the dot, in blocks, so that a slow line is not taken for a dead one.
    async fn write_body(&mut self, message: &[u8]) -> Result<(), String> {
        let body = stuffed(message);
        let line = &mut self.line;
        for block in body.chunks(64 * 1024) {
            let write = async {
                line.write_all(block).await?;
                line.flush().await
            };
            match within(self.deadlines.block, write).await {
                Some(Ok(())) => {}
                Some(Err(error)) => return Err(lost(&error)),
                None => return Err("the relay stopped reading in the middle of the mail".to_owned()),
            }
        }
        Ok(())
    }

    async fn write_dot(&mut self) -> (Outcome, Fit) {
        let doubt = |why: String| (Outcome::InDoubt { why }, Fit::Unfit);
        let line = &mut self.line;
        let dot = async {
            line.write_all(b".\r\n").await?;
            line.flush().await
        };
        match within(self.deadlines.block, dot).await {
            Some(Ok(())) => {}
            Some(Err(error)) => return doubt(lost(&error)),
            None => return doubt("the relay stopped reading at the final dot".to_owned()),
        }
        match self.hear(true, self.deadlines.dot).await {
            Ok(answer) if answer.code == 250 => (Outcome::Accepted { reply: answer.text }, Fit::Fit),
            Ok(answer) if (400..600).contains(&answer.code) => {
                let closes = answer.closes();
                let outcome = answer.judge(Phase::Dot);
                (outcome, if closes { Fit::Unfit } else { self.reset().await })
            }
            Ok(answer) => {
                doubt(format!("unexpected reply to the final dot: {} {}", answer.code, answer.text))
            }
            Err(why) => doubt(why),
        }
    }

    /// Says goodbye and does not wait long for the answer: nothing depends on it.
    pub(super) async fn close(mut self) {
        let _ = self.say(Quit, GOODBYE.min(self.deadlines.command)).await;
    }

    async fn say(&mut self, words: impl std::fmt::Display, limit: Duration) -> Result<Answer, String> {
        let reply = within(limit, self.smtp.command(words)).await;
        reply.map_or_else(|| Err(silence(limit)), answer)
    }

    /// The next reply, unless the one before never came.
    async fn hear(&mut self, spoken: bool, limit: Duration) -> Result<Answer, String> {
        if !spoken {
            return Err(String::new());
        }
        let reply = within(limit, self.smtp.read_response()).await;
        reply.map_or_else(|| Err(silence(limit)), answer)
    }
}

/// A command that was not sent because the one before was refused.
fn skipped() -> Result<Answer, String> {
    Ok(Answer { code: 0, text: String::new() })
}

fn silence(limit: Duration) -> String {
    format!("the relay gave no answer within {} seconds", limit.as_secs_f32())
}

fn lost(error: &io::Error) -> String {
    format!("the connection broke: {error}")
}

/// lettre's reply or refusal as code and text; the error says that no reply came, or none that can be read.
pub(super) fn answer(reply: Result<Response, lettre::transport::smtp::Error>) -> Result<Answer, String> {
    match reply {
        Ok(reply) => {
            let text = reply.message().collect::<Vec<_>>().join(" ");
            Ok(Answer { code: reply.code().into(), text: clipped(&text) })
        }
        Err(error) => {
            let cause = error.source().map(ToString::to_string).unwrap_or_default();
            match error.status() {
                Some(code) => Ok(Answer { code: code.into(), text: clipped(&cause) }),
                None if cause.contains("incomplete response") => {
                    Err("the relay closed the connection".to_owned())
                }
                None if error.is_response() => Err(format!("the relay's answer cannot be read: {cause}")),
                None => Err(format!("the connection broke: {cause}")),
            }
        }
    }
}

/// At most 500 characters: it goes into the books and onto a screen.
fn clipped(text: &str) -> String {
    text.trim().chars().take(500).collect()
}
