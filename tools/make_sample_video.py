#!/usr/bin/env python3
"""Makes the film of the sample course: slides drawn by Chromium, spoken by flite, joined by ffmpeg, with captions.

Usage: tools/make_sample_video.py   (needs chromium and ffmpeg; writes the-growth-loop.{mp4,en.vtt,jpg} of the seed)
The result is committed; run it again only when the text below changes.
"""
import html
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MEDIA = ROOT / "database/seeds/academy/growth-marketing-foundations/media"
NAME = "the-growth-loop"
PAUSE_S = 0.6  # silence after each sentence

# (headline, line below, box that is lit, sentences spoken while the slide is shown)
SLIDES = [
    ("The growth loop", "in one minute", None, [
        "Growth marketing is not a channel. It is a way of working.",
        "You pick one number that stands for value, and you improve it in small, honest turns."]),
    ("1 · Observe", "Where do people leave?", 0, [
        "First, observe. Numbers tell you where people leave.",
        "Conversations tell you why."]),
    ("2 · Hypothesis", "We believe that …", 1, [
        "Second, write down a guess. We believe that this change will cause that effect, because of this evidence.",
        "In writing, because memory is kind to whoever was wrong."]),
    ("3 · Experiment", "The cheapest real test", 2, [
        "Third, run the cheapest test that could prove you wrong.",
        "If no result could change your mind, it is not an experiment."]),
    ("4 · Decision", "Keep, drop or change", 3, [
        "Fourth, decide. Keep it, drop it, or change it, and write down why.",
        "A clear no is worth as much as a yes. It saves the next person a month."]),
    ("And again", "One turn: one to four weeks", None, [
        "Then begin again. One turn takes one to four weeks.",
        "Ten honest turns beat one heroic launch."]),
]
BOXES = ["Observe", "Hypothesis", "Experiment", "Decision"]


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def slide_page(headline: str, line: str, lit: int | None) -> str:
    places = [(150, 400), (690, 400), (690, 560), (150, 560)]
    boxes = "".join(
        f'<rect x="{x}" y="{y}" width="440" height="104" rx="22" fill="{"#fbbf24" if i == lit else "#312e81"}"/>'
        f'<text x="{x + 220}" y="{y + 66}" font-size="38" font-weight="700" text-anchor="middle" '
        f'fill="{"#1e1b4b" if i == lit else "#c7d2fe"}">{BOXES[i]}</text>'
        for i, (x, y) in enumerate(places))
    return (
        '<body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720" '
        'font-family="Noto Sans, DejaVu Sans, sans-serif"><rect width="1280" height="720" fill="#1e1b4b"/>'
        f'<text x="150" y="190" font-size="84" font-weight="800" fill="#fff">{html.escape(headline)}</text>'
        f'<text x="152" y="266" font-size="44" fill="#a5b4fc">{html.escape(line)}</text>{boxes}</svg></body>')


def draw(folder: pathlib.Path, index: int, page: str) -> pathlib.Path:
    source, picture = folder / f"{index}.html", folder / f"{index}.png"
    source.write_text(page)
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,720",
        f"--screenshot={picture}", source.as_uri())
    return picture


def speak(folder: pathlib.Path, name: str, sentence: str) -> tuple[pathlib.Path, float]:
    text, sound = folder / f"{name}.txt", folder / f"{name}.wav"
    text.write_text(sentence)
    run("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"flite=textfile={text}:voice=slt",
        "-af", f"apad=pad_dur={PAUSE_S}", "-ar", "44100", "-ac", "1", str(sound))
    seconds = run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(sound))
    return sound, float(seconds)


def clock(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds // 60) % 60:02}:{seconds % 60:06.3f}"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, now = pathlib.Path(name), 0.0
        cues, sounds, pictures = ["WEBVTT", ""], [], []
        for index, (headline, line, lit, sentences) in enumerate(SLIDES):
            shown_s = 0.0
            for number, sentence in enumerate(sentences):
                sound, seconds = speak(folder, f"{index}-{number}", sentence)
                cues += [f"{clock(now)} --> {clock(now + seconds - PAUSE_S / 2)}", sentence, ""]
                sounds.append(f"file '{sound}'")
                now += seconds
                shown_s += seconds
            picture = draw(folder, index, slide_page(headline, line, lit))
            pictures.append(f"file '{picture}'\nduration {shown_s:.3f}")
        pictures.append(pictures[-1].split("\n")[0])  # the concat demuxer ignores the last duration otherwise
        (folder / "sounds.txt").write_text("\n".join(sounds))
        (folder / "pictures.txt").write_text("\n".join(pictures))
        run("ffmpeg", "-v", "error", "-y", "-f", "concat", "-safe", "0", "-i", str(folder / "pictures.txt"),
            "-f", "concat", "-safe", "0", "-i", str(folder / "sounds.txt"), "-t", f"{now:.3f}", "-r", "10",
            "-c:v", "libx264", "-tune", "stillimage", "-crf", "26", "-g", "50", "-pix_fmt", "yuv420p",
            "-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart", "-map_metadata", "-1", str(MEDIA / f"{NAME}.mp4"))
        run("ffmpeg", "-v", "error", "-y", "-i", str(folder / "0.png"), "-q:v", "4", str(MEDIA / f"{NAME}.jpg"))
        (MEDIA / f"{NAME}.en.vtt").write_text("\n".join(cues))
        print(f"{NAME}: {now:.1f} s, {round(now * 1000)} ms")


main()
