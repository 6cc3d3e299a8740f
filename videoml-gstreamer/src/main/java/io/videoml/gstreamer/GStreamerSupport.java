package io.videoml.gstreamer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What GStreamer can do on this machine, found out by trying.
 *
 * @param version of GStreamer; empty where it does not load
 * @param problem why it does not load and what to do; empty where it does
 * @param elements what videoml uses, there or not
 * @param decoders every decoder of video that is installed, by codec, the first choice first
 */
public record GStreamerSupport(
    Optional<String> version,
    Optional<String> problem,
    List<Element> elements,
    List<VideoDecoder> decoders) {

  public GStreamerSupport {
    requireNonNull(version, "version");
    requireNonNull(problem, "problem");
    elements = List.copyOf(requireNonNull(elements, "elements"));
    decoders = List.copyOf(requireNonNull(decoders, "decoders"));
  }

  /**
   * One of GStreamer's elements.
   *
   * @param name as {@code "rtspsrc"}
   * @param present whether it is installed
   * @param debianPackage which brings it
   */
  public record Element(String name, boolean present, String debianPackage) {
    public Element {
      requireNonNull(name, "name");
      requireNonNull(debianPackage, "debianPackage");
    }
  }

  /**
   * One decoder.
   *
   * @param name GStreamer's, as {@code "avdec_h264"}
   * @param codec what it decodes, as {@code "h264"}
   * @param device that decodes, as {@code "cuda"}; empty for the processor
   * @param usable whether it started when tried
   */
  public record VideoDecoder(String name, String codec, Optional<String> device, boolean usable) {
    public VideoDecoder {
      requireNonNull(name, "name");
      requireNonNull(codec, "codec");
      requireNonNull(device, "device");
    }
  }

  /**
   * Looks at this machine. Takes up to some seconds the first time, since GStreamer then looks at
   * all its plug-ins. Never throws where something is missing.
   */
  public static GStreamerSupport probe() {
    return Prober.probe();
  }

  /** Returns whether {@link RtspSource} and {@link GStreamerSource} can be used. */
  public boolean usable() {
    return problem.isEmpty() && elements.stream().allMatch(Element::present);
  }

  /** Returns the Debian packages to install for what is missing, sorted. */
  public List<String> missingPackages() {
    return elements.stream()
        .filter(element -> !element.present())
        .map(Element::debianPackage)
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns the decoder that would be tried first and works; empty where there is none. */
  public Optional<VideoDecoder> chosen(String codec, DecoderPreference preference) {
    requireNonNull(preference, "preference");
    return decoders.stream()
        .filter(decoder -> decoder.codec().equals(codec) && decoder.usable())
        .filter(
            decoder -> preference == DecoderPreference.HARDWARE_FIRST || decoder.device().isEmpty())
        .findFirst();
  }
}
