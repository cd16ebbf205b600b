//! What can be typed. Each command's own file says what it means.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Honest incident communication: markdown files in; a checked status site and mails on time out.
#[derive(Debug, Parser)]
#[command(name = "candor", version, max_term_width = 100, propagate_version = true, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
New here?       candor demo
Your own site:  candor init my-status
Exit codes:     0 fine, 1 findings at error level, 2 usage or configuration, 3 something outside failed";

/// Where the site is and how to speak; the same for every command.
#[derive(Clone, Debug, Args)]
pub struct Place {
    /// The site's folder: the one with candor.toml
    #[arg(short = 'C', long = "site", value_name = "DIR", global = true, help_heading = "Everywhere")]
    pub site: Option<PathBuf>,
    /// Host settings, if not candor.host.toml in the site's folder
    #[arg(long = "host", value_name = "FILE", global = true, help_heading = "Everywhere")]
    pub host: Option<PathBuf>,
    /// Colours: on a terminal, always or never (NO_COLOR is honoured)
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, help_heading = "Everywhere")]
    pub color: ColorWhen,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    Auto,
    Always,
    Never,
}

/// The commands, in the order of help.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// See it work: writes a sample site with a live incident, serves it, and sends the first mails to a folder
    Demo(DemoArgs),
    /// Start a site in a folder
    Init(InitArgs),
    /// Write a new incident or maintenance file
    #[command(subcommand)]
    New(NewCommand),
    /// Add an update to an incident: time and next due filled in, checked before it is saved
    Update(UpdateArgs),
    /// Check what is written: false promises, missing facts, broken files
    Check(CheckArgs),
    /// Check, then write the site
    Build(BuildArgs),
    /// Publish, build, tell subscribers, and speak at each interval until it is over
    Run(RunArgs),
    /// Who is told: import, export, list, find, show, forget
    #[command(subcommand)]
    Subscribers(SubscribersCommand),
    /// How the telling goes: progress, failed, in doubt, suppressed, returned, channels; pause, resume, retry, resolve
    #[command(subcommand)]
    Delivery(DeliveryCommand),
    /// Take in a mail that came back, from standard input: the program behind the address of returned mail
    #[command(after_help = BOUNCES_HELP)]
    Bounces {
        /// A file that holds the mail
        file: Option<PathBuf>,
    },
    /// Serve the sign-up pages alone, for a machine of their own: `run` serves them too
    #[command(after_help = SIGNUP_HELP)]
    Signup(SignupArgs),
    /// How we did: first word, longest silence, promises kept, late and missed, what readers say
    Scorecard(ScorecardArgs),
    /// Bring history in from another status page
    #[command(subcommand)]
    Import(ImportCommand),
    /// Serve your editor: findings while you write, fixes, completion
    #[command(after_help = LSP_HELP)]
    Lsp(LspArgs),
    /// Compare what a host serves with what was built: bytes, headers, age, record
    #[command(after_help = VERIFY_HELP)]
    Verify(VerifyArgs),
    /// Look over the configuration and say what to fix
    Doctor,
    /// Print a completion script for a shell
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: clap_complete::Shell,
    },
}

const BOUNCES_HELP: &str = "\
In /etc/aliases, for Postfix and others (75 says: keep the mail and try again later):
  b: \"|candor -C /srv/status bounces || exit 75\"
Or let the mail server deliver into a maildir and name that as [mail] returned in candor.host.toml.";

/// `candor demo`
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Where to write the sample site
    #[arg(default_value = "candor-demo")]
    pub dir: PathBuf,
    /// Play the clock N times as fast
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub speed: u32,
    /// Play a scripted incident to its end, then print a summary and stop; without --speed, waits for nothing
    #[arg(long, value_name = "WHAT")]
    pub until: Option<DemoUntil>,
    /// Address to serve on, if not 127.0.0.1:8484 or, where that is taken, a free port
    #[arg(long, value_name = "ADDR:PORT")]
    pub listen: Option<String>,
}

/// Where a demo ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DemoUntil {
    Resolved,
}

/// `candor init`
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder; it may exist, nothing in it is overwritten
    pub dir: PathBuf,
    /// Name of the organisation, as shown on the page
    #[arg(long, default_value = "Our city")]
    pub name: String,
    /// Time zone, such as Europe/London
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    pub time_zone: String,
}

/// `candor new`
#[derive(Debug, Subcommand)]
pub enum NewCommand {
    /// Something went wrong
    Incident(NewIncidentArgs),
    /// Planned work
    Maintenance(NewMaintenanceArgs),
}

/// `candor new incident`
#[derive(Debug, Args)]
pub struct NewIncidentArgs {
    /// What people see: "No water in Norwood"
    pub title: String,
    #[arg(long, value_name = "minor|major|critical", default_value = "major")]
    pub severity: String,
    /// Service ids, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "ID,…")]
    pub services: Vec<String>,
    /// Area ids, separated by commas; none: everywhere
    #[arg(long, value_delimiter = ',', value_name = "ID,…")]
    pub areas: Vec<String>,
    /// Who is responsible: a person's id
    #[arg(long, value_name = "ID")]
    pub owner: Option<String>,
    #[command(flatten)]
    pub time: AtArgs,
}

/// `candor new maintenance`
#[derive(Debug, Args)]
pub struct NewMaintenanceArgs {
    /// What is done: "New valves in Norwood"
    pub title: String,
    /// When it begins, in the site's zone: "2026-12-02 22:00"
    #[arg(long, value_name = "TIME")]
    pub start: String,
    /// When it ends
    #[arg(long, value_name = "TIME")]
    pub end: String,
    /// Service ids, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "ID,…")]
    pub services: Vec<String>,
    /// Area ids, separated by commas; none: everywhere
    #[arg(long, value_delimiter = ',', value_name = "ID,…")]
    pub areas: Vec<String>,
    /// Who is responsible: a person's id
    #[arg(long, value_name = "ID")]
    pub owner: Option<String>,
    #[command(flatten)]
    pub time: AtArgs,
}

/// `--at`, for commands that look at the clock.
#[derive(Clone, Debug, Args)]
pub struct AtArgs {
    /// Take this as now: "2026-11-21 14:10" in the site's zone, or with an offset
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
}

/// `candor update`
#[derive(Debug, Args)]
pub struct UpdateArgs {
    /// The incident's slug or file, or enough of it to be unique
    pub incident: String,
    /// investigating, identified, monitoring, resolved; correction, review; in maintenance: scheduled, in progress, completed, cancelled
    #[arg(short, long, value_name = "WORD")]
    pub status: Option<String>,
    /// The words; without them, your editor opens
    #[arg(short, long, value_name = "TEXT")]
    pub message: Option<String>,
    /// By when you speak next, if not at the plan's interval
    #[arg(long, value_name = "TIME")]
    pub next: Option<String>,
    /// "20:00, because the pipe is on site" or "not known because …"
    #[arg(long, value_name = "WHEN")]
    pub expected_fix: Option<String>,
    /// "about 1,900 homes, counted from meters"
    #[arg(long, value_name = "WHO")]
    pub affected: Option<String>,
    /// Who speaks, if not the owner: a person's id
    #[arg(long, value_name = "ID")]
    pub by: Option<String>,
    #[command(flatten)]
    pub time: AtArgs,
}

/// `candor check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Print findings of these files and folders only
    pub paths: Vec<PathBuf>,
    /// How to print findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Print findings of files changed since this commit only
    #[arg(long, value_name = "REF")]
    pub changed: Option<String>,
    /// What readers saw, if not the record: a commit or branch
    #[arg(long, value_name = "REF")]
    pub published: Option<String>,
    /// Explain a rule and stop
    #[arg(long, value_name = "RULE")]
    pub explain: Option<String>,
    /// Mend what can be mended without touching anyone's words, then check; =now: only write out `## now` headings
    #[arg(long, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_missing_value = "all")]
    pub fix: Option<FixWhat>,
    /// Leave out the findings that this file holds; it knows sentences, not line numbers
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the baseline of what is found now; where there is one, take out what was mended and add nothing
    #[arg(long, requires = "baseline", conflicts_with_all = ["paths", "changed"])]
    pub write_baseline: bool,
    /// Print findings about the past too: imported words, and words that readers saw about what is over
    #[arg(long)]
    pub history: bool,
    #[command(flatten)]
    pub time: AtArgs,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the source line and the words underlined
    Human,
    /// Sentences that read well aloud
    Plain,
    /// One JSON object a line
    Jsonl,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A Code Quality report for GitLab
    Gitlab,
}

impl Format {
    /// Whether a program reads it: nothing is said beside it then.
    pub fn is_for_programs(self) -> bool {
        !matches!(self, Self::Human | Self::Plain)
    }
}

/// What `--fix` mends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FixWhat {
    All,
    Now,
}

/// `candor build`
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Output folder, if not that of the host settings (public)
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The record so far, if not the ledger's or the output folder's: a file, or the address of the published
    /// site's, such as https://status.example.org/api/candor/v1/record.jsonl
    #[arg(long, value_name = "FILE|URL")]
    pub record: Option<String>,
    /// Build the files as they lie here, drafts included; publishes nothing
    #[arg(long)]
    pub preview: bool,
    #[command(flatten)]
    pub time: AtArgs,
}

/// `candor run`
#[derive(Debug, Args)]
pub struct RunArgs {
    /// Do what is due now, then stop: for cron
    #[arg(long)]
    pub once: bool,
    /// Print who would get what; publish and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Serve no pages
    #[arg(long)]
    pub no_serve: bool,
    #[command(flatten)]
    pub time: AtArgs,
}

const SIGNUP_HELP: &str = "\
Where:     [http] listen in candor.host.toml; put a web server with a certificate in front of it
Readers:   /subscribe, and the links in mails below [http] public_url
Machines:  /healthz, /readyz, and /metrics for Prometheus, which is not answered through a proxy
Mails leave through `candor run` on the same ledger. docs/sign-up.md has the whole of it.";

/// `candor signup`
#[derive(Debug, Args)]
pub struct SignupArgs {
    /// Address to serve on, if not the one under [http] listen
    #[arg(long, value_name = "ADDR:PORT")]
    pub listen: Option<String>,
}

/// `candor scorecard`
#[derive(Debug, Args)]
pub struct ScorecardArgs {
    /// For people or for programs
    #[arg(long, value_name = "human|json", default_value = "human")]
    pub format: ScorecardFormat,
    #[command(flatten)]
    pub time: AtArgs,
}

/// How the scorecard is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ScorecardFormat {
    Human,
    Json,
}

const LSP_HELP: &str = "\
Your editor starts this command; you do not. It speaks the language server protocol on standard
input and output, and serves the site of the first file that you open. What it gives:
  findings as you type, in incidents, translations, registers and candor.toml
  hover          a finding's rule; what a service, area, person or key is
  code actions   fixes, \"Add an update now\", `## now` written out, silence with a reason
  completion     keys, services, areas, people, causes, statuses, rules in allow(…)
  symbols and definitions

Neovim 0.11:     vim.lsp.config('candor', { cmd = { 'candor', 'lsp' },
                   filetypes = { 'markdown', 'toml' }, root_markers = { 'candor.toml' } })
                 vim.lsp.enable('candor')
Others:          docs/editor.md has Helix, VS Code and older Neovim";

/// `candor lsp`
#[derive(Debug, Args)]
pub struct LspArgs {
    /// Takes no effect: standard input and output are the only way; some editors insist on saying so
    #[arg(long, hide = true)]
    pub stdio: bool,
    #[command(flatten)]
    pub time: AtArgs,
}

const VERIFY_HELP: &str = "\
What it looks at:
  bytes     every file of the built site against its SHA-256
  headers   those of the file _headers, and the types of all files
  age       whether the copy is from before something that was due, or older than ours
  record    whether the chain of hashes is whole and holds all that was said

Exit codes: 0 as built, 1 something differs, 2 usage or nothing was built, 3 the host does not answer

As a watch, each ten minutes:   candor verify --max-age 3h
Someone else's Candor site:     candor verify https://status.example.org --self --record saved.jsonl
A host that sets no headers:    candor verify --no-headers";

/// `candor verify`
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Address of the site's root, if not base_url of candor.toml
    pub url: Option<String>,
    /// The built site, if not in the output folder
    #[arg(long, value_name = "DIR", conflicts_with = "itself")]
    pub built: Option<PathBuf>,
    /// Compare the host with its own manifest: finds what was lost or changed on the way, needs no site here
    #[arg(long = "self", requires = "url")]
    pub itself: bool,
    /// What was said, if not the ledger or the built site knows: a file or an address
    #[arg(long, value_name = "FILE|URL")]
    pub record: Option<String>,
    /// Leave headers alone: for hosts where nobody can set them
    #[arg(long)]
    pub no_headers: bool,
    /// Complain where the site was built longer ago than this, such as 3h; a running `candor run` renews it each hour
    #[arg(long, value_name = "LENGTH")]
    pub max_age: Option<String>,
    #[command(flatten)]
    pub time: AtArgs,
}

/// `candor subscribers`
#[derive(Debug, Subcommand)]
pub enum SubscribersCommand {
    /// Read subscribers from CSV: name, email, services, areas, language, pace, zone, quiet; columns by name
    Import {
        /// The file, or - for standard input
        file: PathBuf,
    },
    /// Write all subscribers as CSV
    Export {
        /// The file; standard output without it
        file: Option<PathBuf>,
    },
    /// List subscribers
    List,
    /// Find subscribers by name, address or postcode
    Find {
        /// Part of a name or address, or a postcode
        what: String,
    },
    /// Everything that we ever told this person
    Show {
        /// Id or address
        who: String,
    },
    /// Erase a person; the address stays suppressed as a keyed hash, so that no import brings it back
    Forget {
        /// Id or address
        who: String,
    },
}

/// `candor delivery`
#[derive(Debug, Subcommand)]
pub enum DeliveryCommand {
    /// How far each incident's latest statement has come
    Progress {
        /// One incident's slug; without it, all
        incident: Option<String>,
    },
    /// Deliveries that failed for good, with the relay's words
    Failed {
        /// One incident's slug; without it, all
        incident: Option<String>,
    },
    /// Mails of which nobody knows whether they arrived
    InDoubt {
        /// One incident's slug; without it, all
        incident: Option<String>,
    },
    /// Addresses that are never mailed
    Suppressed,
    /// Mail that came back, and why
    Returned,
    /// How far each channel beside mail has come, and what it last said
    Channels,
    /// Stop sending about an incident
    Pause {
        /// Its slug
        incident: String,
    },
    /// Go on sending about an incident
    Resume {
        /// Its slug
        incident: String,
    },
    /// Try failed deliveries of an incident again
    Retry {
        /// Its slug
        incident: String,
    },
    /// Say what became of a mail in doubt
    Resolve {
        /// The incident's slug
        incident: String,
        /// The reader's id or address
        reader: String,
        /// It arrived, or it did not and is to be sent again
        what: Arrived,
    },
}

/// What somebody found out about a mail in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Arrived {
    /// It arrived
    Arrived,
    /// It did not: send it again
    Again,
}

/// `candor import`
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Read the content folder of a cState site
    Cstate {
        /// The folder that holds its issues
        dir: PathBuf,
        /// Say what would be written, write nothing
        #[arg(long)]
        dry_run: bool,
    },
}
