// A worker for the pool's test: it says hello, throws when it is told to, and stops when it is asked to.
const worker = self as unknown as {
  onmessage: (event: MessageEvent<string>) => void;
  postMessage(message: string): void;
  close(): void;
};

worker.onmessage = ({ data }) => {
  switch (data) {
    case "crash":
      throw new Error("told to crash");
    case "stop":
      worker.postMessage("stopped");
      return worker.close();
    default:
      worker.postMessage(`hello ${data}`);
      if (data === "crash at once") throw new Error("crashed at once");
  }
};
