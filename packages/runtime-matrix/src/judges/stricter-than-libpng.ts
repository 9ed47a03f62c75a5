/**
 * What is refused here and not by libpng, which repairs or overlooks it: by the code of the finding, with what the
 * specification says. Every disagreement between the two must be one of these.
 */
export const stricterThanLibpng: { readonly [code: string]: string } = {
  crc_mismatch:
    "13.1: a CRC mismatch indicates a corrupted datastream. libpng drops an ancillary chunk with a wrong CRC.",
  critical_chunk_unknown:
    "13.1: fatal for any decoder that extracts the image. libpng overlooks it after IHDR where it can.",
  chunk_repeated: "5.6: PLTE is allowed once. libpng doesn't count those after IDAT.",
  idat_not_consecutive: "5.6: IDAT chunks shall be consecutive. libpng overlooks it once the pixels are complete.",
  iend_not_empty: "11.2.4: the data field of IEND is empty.",
  ihdr_invalid: "5.6: IHDR shall be first. libpng lets some ancillary chunks be before it.",
  image_data_too_long: "7.2 and 10.2: the stream is the filtered scanlines, and nothing else.",
  palette_index_invalid: "11.2.2: a pixel value that is out of range is an error.",
  palette_length_invalid: "11.2.2: no more entries than the bit depth has indices, and a multiple of 3 bytes.",
  palette_misplaced: "5.6: PLTE comes before the first IDAT.",
  palette_not_allowed: "11.2.2: PLTE shall not appear in greyscale.",
  zlib_stream_invalid:
    "10.1: a zlib stream has a checksum and an end. libpng stops reading when the pixels are complete.",
};

/** What libpng refuses and the specification doesn't: limits that libpng sets by itself. */
export const libpngsOwnLimits = /exceeds user limit/;
