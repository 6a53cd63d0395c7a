// k6: users who post and wait.
import http from "k6/http";

const text = "x".repeat(80);
export const options = { vus: Number(__ENV.USERS), duration: "600s" };
const headers = { "Content-Type": "application/json" };

export default function () {
  http.post(`${__ENV.URL}/http`, JSON.stringify({ id: __ITER, text }), { headers }).json();
}
