/* Reads tickets with the phone's camera; each code once, until another one or three seconds have passed. */
import { decodeQR } from "qr/decode.js";

const PAUSE = 120;
const AGAIN = 3000;
const WIDTH = 640;

function look(video, canvas) {
  const scale = Math.min(1, WIDTH / video.videoWidth);
  const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
  Object.assign(canvas, { width, height });
  const picture = canvas.getContext("2d", { willReadFrequently: true });
  picture.drawImage(video, 0, 0, width, height);
  try {
    return decodeQR(picture.getImageData(0, 0, width, height), { timeLimit: 60 });
  } catch {
    return ""; // no code in this frame
  }
}

export function attachCamera(box, onCode, onTrouble) {
  const button = box.querySelector("button");
  const video = box.querySelector("video");
  const canvas = document.createElement("canvas");
  if (!navigator.mediaDevices?.getUserMedia) return;
  box.hidden = false;
  let last = { code: "", at: 0 };

  async function watch() {
    while (video.srcObject?.active) {
      const code = video.videoWidth && !document.hidden ? look(video, canvas) : "";
      const at = performance.now();
      if (code && (code !== last.code || at - last.at > AGAIN)) await onCode(code);
      if (code) last = { code, at: performance.now() };
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  function stop() {
    video.srcObject?.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    video.hidden = true;
    button.setAttribute("aria-pressed", "false");
  }

  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", async () => {
    if (video.srcObject) return stop();
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return onTrouble();
    }
    video.hidden = false;
    button.setAttribute("aria-pressed", "true");
    await video.play();
    return watch();
  });
  window.addEventListener("pagehide", stop);
}
