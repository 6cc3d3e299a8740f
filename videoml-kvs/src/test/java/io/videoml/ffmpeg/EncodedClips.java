package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.videoml.frame.ColorSpace;
import io.videoml.frame.OwnedFrame;
import io.videoml.testkit.TestClip;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Encodes generated clips; in this package, since encoders are no part of the public API. */
public final class EncodedClips {
  private EncodedClips() {}

  /** A picture as it was encoded: its place in the order of showing, and its bytes. */
  public record Picture(int index, boolean key, byte[] data) {}

  /** A clip as it was encoded, in the order of storage. */
  public record Encoded(List<Picture> pictures, byte[] codecPrivate) {}

  /** Encodes a clip. */
  public static Encoded encode(TestClip clip, String encoderName, int bFrames) {
    Natives.require("test");
    List<Picture> pictures = new ArrayList<>();
    try (Encoder encoder =
            new Encoder(
                avcodec_find_encoder_by_name(encoderName),
                c -> {
                  c.width(clip.width());
                  c.height(clip.height());
                  c.pix_fmt(AV_PIX_FMT_YUV420P);
                  c.time_base().num(1).den((int) clip.framesPerSecond());
                  c.framerate().num((int) clip.framesPerSecond()).den(1);
                  c.bit_rate(1_000_000);
                  c.gop_size(clip.gop());
                  c.max_b_frames(bFrames);
                  c.flags(c.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
                },
                new AVDictionary(null));
        Pictures made = new Pictures()) {
      for (int i = 0; i < clip.frames(); i++) {
        try (OwnedFrame frame = clip.frame(i);
            Canvas canvas =
                Canvas.of(frame, clip.width(), clip.height(), ColorSpace.BT601_LIMITED, made)) {
          canvas.picture().pts(i);
          encoder.encode(canvas.picture(), packet -> pictures.add(picture(packet)));
        }
      }
      encoder.encode(null, packet -> pictures.add(picture(packet)));
      byte[] codecPrivate = new byte[encoder.context().extradata_size()];
      encoder.context().extradata().get(codecPrivate);
      return new Encoded(pictures, codecPrivate);
    }
  }

  private static Picture picture(AVPacket packet) {
    byte[] data = new byte[packet.size()];
    packet.data().get(data);
    return new Picture((int) packet.pts(), (packet.flags() & AV_PKT_FLAG_KEY) != 0, data);
  }
}
