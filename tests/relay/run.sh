#!/usr/bin/env bash
# Candor's mail through real parts: Postfix relays and bounces, OpenDKIM signs, Dovecot keeps the mailboxes.
#     tests/relay/run.sh target/debug/candor TOOLS [PORT]
# Needs root and Debian's postfix, dovecot-imapd, dovecot-lmtpd, opendkim, spamassassin; dkimpy and pynacl in TOOLS/python.
# Four ports from PORT on are used, on loopback. Everything is in a folder of its own and gone afterwards.
set -euo pipefail
candor=$(realpath "$1") tools=$(realpath "$2") port=${3:-21520}
here=$(realpath "$(dirname "$0")")
folder=$(mktemp -d)
chmod 755 "$folder"
stop() {
    postfix -c "$folder/postfix" stop >/dev/null 2>&1 || true
    doveadm -c "$folder/dovecot.conf" stop >/dev/null 2>&1 || true
    [ ! -s "$folder/opendkim.pid" ] || kill "$(cat "$folder/opendkim.pid")" 2>/dev/null || true
    if [ "${KEEP:-}" ]; then echo "kept: $folder"; else rm -rf "$folder"; fi
}
trap stop EXIT

# The mailboxes: r0, r1 and r2 read, b takes what comes back; nobody else lives here.
mkdir -p "$folder/mail"
chown nobody:nogroup "$folder/mail"
for user in r0 r1 r2 b; do echo "$user:{PLAIN}secret:65534:65534::$folder/mail/$user::"; done >"$folder/users"
cat >"$folder/dovecot.conf" <<END
protocols = imap lmtp
listen = 127.0.0.1
base_dir = $folder/run
log_path = $folder/dovecot.log
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
auth_username_format = %Ln
recipient_delimiter = +
mail_location = maildir:~/Maildir
passdb {
  driver = passwd-file
  args = $folder/users
}
userdb {
  driver = passwd-file
  args = $folder/users
}
service lmtp {
  inet_listener lmtp {
    port = $((port + 1))
  }
}
service imap-login {
  inet_listener imap {
    port = $((port + 2))
  }
  inet_listener imaps {
    port = 0
  }
}
END
dovecot -c "$folder/dovecot.conf"

# The signature: what docs/delivery.md says.
openssl genrsa -out "$folder/dkim.pem" 2048 2>/dev/null
chown opendkim "$folder/dkim.pem"
chmod 600 "$folder/dkim.pem"
cat >"$folder/opendkim.conf" <<END
Mode s
RequireSafeKeys no
Domain town.example
Selector s1
KeyFile $folder/dkim.pem
Socket inet:$((port + 3))@127.0.0.1
Canonicalization relaxed/relaxed
SignHeaders *,+List-Unsubscribe,+List-Unsubscribe-Post,+Message-ID
OversignHeaders From
InternalHosts 127.0.0.1
UserID opendkim
END
touch "$folder/opendkim.pid"
opendkim -x "$folder/opendkim.conf" -P "$folder/opendkim.pid"

# The relay. Whom the mailboxes do not know, it learns while it delivers, and sends a report back.
mkdir -p "$folder/postfix" "$folder/queue" "$folder/data"
chown postfix "$folder/data"
cp /usr/share/postfix/master.cf.dist "$folder/postfix/master.cf" 2>/dev/null || cp /etc/postfix/master.cf.proto "$folder/postfix/master.cf"
sed -i -E "s/^smtp +inet .*/127.0.0.1:$port inet n - n - - smtpd/; s/^(pickup|cleanup|qmgr|tlsmgr|rewrite|bounce|defer|trace|verify|flush|proxymap|proxywrite|smtp|relay|showq|error|retry|discard|local|virtual|lmtp|anvil|scache|postlog)( +[a-z-]+ +[n-] +)([y-] |[-] )( *)([y-])/\1\2\3\4n/" "$folder/postfix/master.cf"
cat >"$folder/postfix/main.cf" <<END
compatibility_level = 3.6
queue_directory = $folder/queue
data_directory = $folder/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = $folder/postfix.log
maillog_file_prefixes = $folder
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = relay.town.example
mydestination =
mynetworks = 127.0.0.0/8
smtpd_recipient_restrictions = permit_mynetworks, reject
virtual_mailbox_domains = mail.example, bounces.town.example
virtual_transport = lmtp:inet:127.0.0.1:$((port + 1))
recipient_delimiter = +
smtpd_milters = inet:127.0.0.1:$((port + 3))
milter_default_action = tempfail
alias_maps =
alias_database =
END
postfix -c "$folder/postfix" start >/dev/null 2>&1 || { cat "$folder/postfix.log" >&2; exit 1; }

"$tools/python/bin/python3" "$here/check.py" "$candor" "$folder" "$port"
