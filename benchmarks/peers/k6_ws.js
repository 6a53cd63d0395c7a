// k6: users who send and wait for the echo.
import { WebSocket } from "k6/experimental/websockets";
import { Trend } from "k6/metrics";

const trips = new Trend("trips", true);
const text = "x".repeat(80);
export const options = { vus: Number(__ENV.USERS), duration: "600s" };

export default function () {
  const socket = new WebSocket(__ENV.URL);
  let number = 0, sent = 0;
  const send = () => {
    sent = Date.now();
    socket.send(JSON.stringify({ id: number++, text }));
  };
  socket.addEventListener("open", send);
  socket.addEventListener("message", (event) => {
    JSON.parse(event.data);
    trips.add(Date.now() - sent);
    send();
  });
}
