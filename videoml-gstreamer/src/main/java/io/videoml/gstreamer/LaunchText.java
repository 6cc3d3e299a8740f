package io.videoml.gstreamer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A launch description, cut in two before its decoder where it ends in one: so that what is not
 * demanded is not decoded, and key frames are known.
 *
 * @param front up to coded pictures, or raw ones
 * @param decoder the decoder and what follows; empty where there is none, or it cannot be told
 */
record LaunchText(String front, String decoder) implements Serializable {
  /** A plain element with properties: no name of another, no bin, no second branch. */
  private static final Pattern PLAIN =
      Pattern.compile("[a-zA-Z][\\w-]*(?:\\s+[\\w:.-]+\\s*=\\s*(?:\"[^\"]*\"|[^\\s\"'()!]+))*");

  private static final Pattern CAPS = Pattern.compile("(?:video|image)/\\S[^!]*");
  private static final Pattern DECODER =
      Pattern.compile(
          "(?:avdec_(?!aac|mp3|ac3)|openh264dec|libde265dec|jpegdec|vp[89]dec|nv\\w*dec|va\\w*dec"
              + "|v4l2\\w*dec|vaapi\\w*dec|dav1ddec|av1dec|theoradec|mpeg2dec|pngdec|msdk\\w*dec"
              + "|qsv\\w*dec|vtdec|d3d11\\w*dec)\\w*");

  static LaunchText of(String description) {
    List<String> parts = split(description);
    for (int i = parts.size() - 1; i > 0; i--) {
      String part = parts.get(i);
      String name = part.split("\\s", 2)[0];
      if (CAPS.matcher(part).matches()) {
        continue;
      }
      if (!PLAIN.matcher(part).matches()) {
        break;
      }
      String before = String.join(" ! ", parts.subList(0, i));
      if (part.equals("decodebin") || part.equals("decodebin3")) {
        return i == parts.size() - 1
            ? new LaunchText(before + " ! parsebin", "")
            : new LaunchText(description, "");
      }
      if (DECODER.matcher(name).matches()) {
        return new LaunchText(before, String.join(" ! ", parts.subList(i, parts.size())));
      }
    }
    return new LaunchText(description, "");
  }

  /** Without the text, which may hold credentials. */
  @Override
  public String toString() {
    return "LaunchText";
  }

  /** Splits at the links of the outermost level. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    char quote = 0;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        part.append(c).append(text.charAt(++i));
        continue;
      }
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == '!' && depth == 0) {
        parts.add(part.toString().strip());
        part.setLength(0);
        continue;
      }
      part.append(c);
    }
    parts.add(part.toString().strip());
    return parts;
  }
}
