package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.gstreamer.GStreamerSupport.Element;
import io.videoml.gstreamer.GStreamerSupport.VideoDecoder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GStreamerSupportTest {
  @Test
  void probe_thisMachine_tellsWhatItFinds() {
    Gstreamer.assumeElements("avdec_h264", "rtspsrc");
    GStreamerSupport support = GStreamerSupport.probe();

    assertThat(support.version().orElseThrow()).matches("1\\.\\d+\\.\\d+");
    assertThat(support.problem()).isEmpty();
    assertThat(support.usable()).isEqualTo(support.missingPackages().isEmpty());
    VideoDecoder software = support.chosen("h264", DecoderPreference.SOFTWARE).orElseThrow();
    assertThat(software.usable()).isTrue();
    assertThat(software.device()).isEmpty();
    assertThat(support.decoders()).extracting(VideoDecoder::name).contains("avdec_h264");
    assertThat(support.chosen("no-such-codec", DecoderPreference.SOFTWARE)).isEmpty();
  }

  @Test
  void probe_decodersOfTransparency_areLeftOut() {
    Gstreamer.assumeElements("vp8dec", "vp8alphadecodebin");
    GStreamerSupport support = GStreamerSupport.probe();

    assertThat(support.decoders())
        .extracting(VideoDecoder::name)
        .contains("vp8dec")
        .noneMatch(name -> name.contains("alpha"));
  }

  @Test
  void chosen_severalDecoders_isTheFirstThatWorks() {
    VideoDecoder broken = new VideoDecoder("nvh264dec", "h264", Optional.of("cuda"), false);
    VideoDecoder device = new VideoDecoder("vah264dec", "h264", Optional.of("vaapi"), true);
    VideoDecoder processor = new VideoDecoder("avdec_h264", "h264", Optional.empty(), true);
    GStreamerSupport support = support(List.of(), broken, device, processor);

    assertThat(support.chosen("h264", DecoderPreference.HARDWARE_FIRST)).contains(device);
    assertThat(support.chosen("h264", DecoderPreference.SOFTWARE)).contains(processor);
  }

  @Test
  void missingPackages_ofAbsentElements_areNamedOnce() {
    GStreamerSupport support =
        support(
            List.of(
                new Element("rtspsrc", false, "gstreamer1.0-plugins-good"),
                new Element("rtpjitterbuffer", false, "gstreamer1.0-plugins-good"),
                new Element("appsink", true, "gstreamer1.0-plugins-base"),
                new Element("avdec_h264", false, "gstreamer1.0-libav")));

    assertThat(support.missingPackages())
        .containsExactly("gstreamer1.0-libav", "gstreamer1.0-plugins-good");
    assertThat(support.usable()).isFalse();
  }

  @Test
  void missing_anyElement_namesItsPackage() {
    assertThat(Packages.missing("rtspsrc")).contains("apt-get install gstreamer1.0-plugins-good");
    assertThat(Packages.missing("avdec_h264")).contains("apt-get install gstreamer1.0-libav");
    assertThat(Packages.missing("h264parse")).contains("gstreamer1.0-plugins-bad");
    assertThat(Packages.missing("v4l2slh264dec")).contains("gstreamer1.0-plugins-bad");
    assertThat(Packages.missing("vaapih264dec")).contains("gstreamer1.0-vaapi");
    assertThat(Packages.missing("never-heard-of")).contains("name right");
  }

  private static GStreamerSupport support(List<Element> elements, VideoDecoder... decoders) {
    return new GStreamerSupport(
        Optional.of("1.22.0"), Optional.empty(), elements, List.of(decoders));
  }
}
