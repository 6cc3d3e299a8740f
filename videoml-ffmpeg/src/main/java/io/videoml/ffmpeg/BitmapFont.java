package io.videoml.ffmpeg;

/**
 * Letters five pixels wide and seven high, so that drawing needs neither a window system nor
 * installed fonts.
 */
final class BitmapFont {
  static final int WIDTH = 5;
  static final int HEIGHT = 7;

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-_abcdefghijklmnopqrstuvwxyz:%/?()+#'&=*[]";
  // Seven rows a letter, top first; each row five bits, left first, as one digit of base 32.
  private static final String ROWS =
      "EHHVHHHUHHUHHUEHGGGHEUHHHHHUVGGUGGVVGGUGGGEHGNHHFHHHVHHHE44444E72222ICHIKOKIH"
          + "GGGGGGVHRLLHHHHPLJHHHEHHHHHEUHHUGGGEHHHLIDUHHUKIHFGGE11UV444444HHHHHHEHHHHHA4"
          + "HHHLLLAHHA4AHHHHA4444V1248GVEHJLPHE4C4444EEH1248VV2421HE26AIV22VGU11HE68GUHHE"
          + "V124888EHHEHHEEHHF12C00000CC0000C48000V000000000V00E1FHFGGMPHHU00EGGHE11DJHHF"
          + "00EHVGE698S8880FHHF1EGGMPHHH40C444E20622ICGGIKOKIC44444E00QLLHH00MPHHH00EHHHE"
          + "00UHUGG00DJF1100MPGGG00EGE1U88S889600HHHJD00HHHA400HHLLA00HA4AH00HHF1E00V248V"
          + "0CC0CC0OP248J311248GGEH1240424888428422248044V440AAVAVAAC480000CIK8LID00V0V00"
          + "0LEVEL0E88888EE22222E";

  private BitmapFont() {}

  /**
   * Returns whether a pixel of a letter is ink; letters that are not drawn here look like a
   * question mark.
   */
  static boolean ink(char letter, int x, int y) {
    if (letter == ' ') {
      return false;
    }
    int known = LETTERS.indexOf(letter);
    int glyph = known < 0 ? LETTERS.indexOf('?') : known;
    int row = Character.digit(ROWS.charAt(glyph * HEIGHT + y), 32);
    return (row >> (WIDTH - 1 - x) & 1) == 1;
  }
}
