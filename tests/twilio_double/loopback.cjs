// emulate opens its port on every interface: keep it on the loopback, on a free port, and say which.
const { Server } = require("node:net");

const listen = Server.prototype.listen;
Server.prototype.listen = function () {
  return listen.call(this, 0, "127.0.0.1", () => console.log(`port ${this.address().port}`));
};
