"""
Measures raw float32 audio with libebur128, an independent loudness meter (Debian: libebur128-1).

Reads a JSON list from standard input, {"file", "channels", "rate", "map", "mode"} an entry: the file is interleaved;
"map" are libebur128's channel numbers, 0 for one that does not count; "mode" is "I" (integrated loudness), "LRA"
(range too) or "full" (true peak too). Prints a JSON list of {"integrated", "range", "truePeak", "cpuSec"}; the time is
that of feeding the samples and asking for the figures.
"""

import ctypes
import json
import sys
import time

library = ctypes.CDLL("libebur128.so.1")
library.ebur128_init.restype = ctypes.c_void_p
library.ebur128_init.argtypes = [ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
library.ebur128_set_channel.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int]
library.ebur128_add_frames_float.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]
for name in ("ebur128_loudness_global", "ebur128_loudness_range"):
    getattr(library, name).argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_double)]
library.ebur128_true_peak.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.POINTER(ctypes.c_double)]
library.ebur128_destroy.argtypes = [ctypes.POINTER(ctypes.c_void_p)]

MODES = {"I": 0b101, "LRA": 0b1111, "full": 0b111111}
BLOCK_FRAMES = 4096


def check(code):
    if code != 0:
        raise RuntimeError(f"libebur128 answered {code}")


def measure(entry):
    channels = entry["channels"]
    with open(entry["file"], "rb") as file:
        data = file.read()
    samples = (ctypes.c_float * (len(data) // 4)).from_buffer_copy(data)
    frames = len(samples) // channels
    state = ctypes.c_void_p(library.ebur128_init(channels, entry["rate"], MODES[entry["mode"]]))
    for channel, number in enumerate(entry["map"]):
        check(library.ebur128_set_channel(state, channel, number))
    value = ctypes.c_double()
    result = {}
    start = time.process_time()
    for first in range(0, frames, BLOCK_FRAMES):
        count = min(BLOCK_FRAMES, frames - first)
        address = ctypes.addressof(samples) + first * channels * 4
        check(library.ebur128_add_frames_float(state, address, count))
    check(library.ebur128_loudness_global(state, ctypes.byref(value)))
    result["integrated"] = value.value
    if entry["mode"] != "I":
        check(library.ebur128_loudness_range(state, ctypes.byref(value)))
        result["range"] = value.value
    if entry["mode"] == "full":
        peak = 0.0
        for channel in range(channels):
            check(library.ebur128_true_peak(state, channel, ctypes.byref(value)))
            peak = max(peak, value.value)
        result["truePeak"] = peak
    result["cpuSec"] = time.process_time() - start
    library.ebur128_destroy(ctypes.byref(state))
    return result


json.dump([measure(entry) for entry in json.load(sys.stdin)], sys.stdout)
