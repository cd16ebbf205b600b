"""A real SMTP server (aiosmtpd) on loopback: prints its port, then one line of JSON for each mail it took."""

import asyncio
import hashlib
import json
import sys

from aiosmtpd.smtp import SMTP


class Take:
    async def handle_DATA(self, server, session, envelope):
        digest = hashlib.sha256(envelope.original_content).hexdigest()
        taken = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "sha256": digest}
        print(json.dumps(taken), flush=True)
        return "250 2.0.0 taken"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Take(), enable_SMTPUTF8=True), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
