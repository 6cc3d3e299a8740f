package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.kvs.fragment.FragmentException;
import io.videoml.kvs.fragment.FragmentHandler;
import io.videoml.kvs.fragment.FragmentLimits;
import io.videoml.kvs.fragment.FragmentReader;
import io.videoml.kvs.fragment.KvsFragment;
import io.videoml.kvs.fragment.KvsFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/guides/fragments.md shows. */
class FragmentsGuideTest {

  /** Lists complete fragments, and when each of their key frames was taken. */
  static final class KeyFrames implements FragmentHandler {
    final List<String> lines = new ArrayList<>();
    private final List<Instant> taken = new ArrayList<>();
    private KvsFragment fragment;

    @Override
    public void onStart(KvsFragment started) {
      fragment = started;
      taken.clear();
    }

    @Override
    public void onFrame(KvsFrame frame) {
      if (frame.keyFrame() && fragment.producerTime() != null) {
        long sinceStart = frame.timecodeNanos() - fragment.clusterTimecodeNanos();
        taken.add(fragment.producerTime().plusNanos(sinceStart));
      }
    }

    @Override
    public void onEnd(KvsFragment ended) {
      lines.add(ended.number() + (ended.complete() ? " " + taken : " is cut"));
    }
  }

  static List<String> keyFrames(InputStream stream) throws IOException {
    KeyFrames found = new KeyFrames();
    FragmentReader reader = new FragmentReader(found, FragmentLimits.defaults());
    byte[] piece = new byte[16 << 10];
    try {
      for (int count = stream.read(piece); count >= 0; count = stream.read(piece)) {
        reader.feed(ByteBuffer.wrap(piece, 0, count));
      }
    } catch (FragmentException e) {
      found.lines.add("unreadable " + e.getMessage());
    } finally {
      reader.end();
    }
    return found.lines;
  }

  @Test
  void keyFrames_twoFragmentsOfWhichOneIsCut_listsTimesOfTheFirst() throws IOException {
    byte[] whole = fragment("7");
    byte[] both = join(whole, fragment("8"));
    byte[] cut = Arrays.copyOf(both, both.length - 5);

    assertThat(keyFrames(new ByteArrayInputStream(cut)))
        .containsExactly("7 [2017-11-28T06:55:08.553Z]", "8 is cut");
  }

  @Test
  void keyFrames_somethingElse_saysSo() throws IOException {
    byte[] page = "<html>".getBytes(StandardCharsets.UTF_8);

    assertThat(keyFrames(new ByteArrayInputStream(page)).get(0)).contains("is this Matroska?");
  }

  /** A fragment with a key frame at 40 ms and another frame at 80 ms. */
  private static byte[] fragment(String number) {
    byte[] track = join(element("d7", 1), element("83", 1), element("86", "V_MPEG4/ISO/AVC"));
    byte[] cluster =
        join(
            element("e7", 0),
            element("a3", 0x81, 0, 40, 0x80, 1, 2, 3),
            element("a3", 0x81, 0, 80, 0, 4, 5, 6));
    return join(
        element("1a45dfa3", element("4282", "matroska")),
        bytes("18538067ff"),
        element("1654ae6b", element("ae", track)),
        tag("AWS_KINESISVIDEO_FRAGMENT_NUMBER", number),
        tag("AWS_KINESISVIDEO_PRODUCER_TIMESTAMP", "1511852108.513"),
        element("1f43b675", cluster),
        tag("AWS_KINESISVIDEO_CONTINUATION_TOKEN", number));
  }

  private static byte[] tag(String name, String value) {
    byte[] simple = join(element("45a3", name), element("4487", value));
    return element("1254c367", element("7373", element("67c8", simple)));
  }

  private static byte[] element(String id, String text) {
    return element(id, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] element(String id, int... values) {
    byte[] data = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      data[i] = (byte) values[i];
    }
    return element(id, data);
  }

  private static byte[] element(String id, byte[] data) {
    byte[] size = ByteBuffer.allocate(8).putLong(data.length | 1L << 56).array();
    return join(bytes(id), size, data);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
