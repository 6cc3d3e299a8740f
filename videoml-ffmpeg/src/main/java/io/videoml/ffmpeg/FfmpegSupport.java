package io.videoml.ffmpeg;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What FFmpeg can do on this machine, found out by trying.
 *
 * @param version of FFmpeg; empty where its natives do not load
 * @param problem why they do not load and what to do; empty where they do
 * @param devices that could decode, known to this build of FFmpeg
 */
public record FfmpegSupport(
    Optional<String> version, Optional<String> problem, List<Device> devices) {

  public FfmpegSupport {
    requireNonNull(version, "version");
    requireNonNull(problem, "problem");
    devices = List.copyOf(requireNonNull(devices, "devices"));
  }

  /**
   * One kind of device.
   *
   * @param name FFmpeg's, as {@code "cuda"}
   * @param usable whether it could be opened here
   */
  public record Device(String name, boolean usable) {
    public Device {
      requireNonNull(name, "name");
    }
  }

  /** Looks at this machine: loads the natives, and opens each device for a moment. Never throws. */
  public static FfmpegSupport probe() {
    String missing = Natives.missing();
    return missing == null
        ? SupportProbe.probe()
        : new FfmpegSupport(Optional.empty(), Optional.of(missing), List.of());
  }

  /** Returns whether {@link FfmpegSource} can be used. */
  public boolean usable() {
    return problem.isEmpty();
  }

  /** Returns the devices that could be opened. */
  public List<String> usableDevices() {
    return devices.stream().filter(Device::usable).map(Device::name).toList();
  }
}
