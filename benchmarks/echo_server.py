"""A server that sends back whatever comes, by WebSocket and by HTTP, and counts it: one for all load generators.

python benchmarks/echo_server.py PORT [ADDRESS]

GET /count tells how many messages and requests it has answered, and how many sockets are open.
"""

import asyncio
import sys

import uvloop
from aiohttp import WSMsgType, web

COUNTS = {"messages": 0, "requests": 0, "sockets": 0}


async def messages(request: web.Request) -> web.WebSocketResponse:
    """Send each message back."""
    connection = web.WebSocketResponse(compress=False, autoping=True)
    await connection.prepare(request)
    COUNTS["sockets"] += 1
    try:
        async for message in connection:
            if message.type is WSMsgType.TEXT:
                await connection.send_str(message.data)
                COUNTS["messages"] += 1
    finally:
        COUNTS["sockets"] -= 1
    return connection


async def requests(request: web.Request) -> web.Response:
    """Send the body back."""
    body = await request.read()
    COUNTS["requests"] += 1
    return web.Response(body=body, content_type="application/json")


async def count(_request: web.Request) -> web.Response:
    """What has been answered so far."""
    return web.json_response(COUNTS)


async def main(port: int, address: str = "127.0.0.1") -> None:
    """Serve until killed."""
    app = web.Application()
    app.add_routes([web.get("/ws", messages), web.post("/http", requests), web.get("/count", count)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, address, port, backlog=1024).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), *sys.argv[2:]))
