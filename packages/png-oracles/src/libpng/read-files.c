/*
 * Reads PNG files from the standard input, each behind its length in four bytes, and writes what libpng says of each, in
 * a line: "rejected" or "accepted", the number of warnings, and the last message.
 */
#include <png.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const unsigned char *bytes;
  size_t left;
  int warnings;
  char message[128];
} file;

static void read_bytes(png_structp png, png_bytep target, size_t length) {
  file *input = png_get_io_ptr(png);
  if (length > input->left) png_error(png, "end of file");
  memcpy(target, input->bytes, length);
  input->bytes += length;
  input->left -= length;
}

static void on_warning(png_structp png, png_const_charp message) {
  file *input = png_get_error_ptr(png);
  input->warnings++;
  snprintf(input->message, sizeof input->message, "%s", message);
}

static void on_error(png_structp png, png_const_charp message) {
  file *input = png_get_error_ptr(png);
  snprintf(input->message, sizeof input->message, "%s", message);
  longjmp(png_jmpbuf(png), 1);
}

static int accepts(file *input) {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, input, on_error, on_warning);
  png_infop info = png_create_info_struct(png);
  png_bytep volatile row = NULL;
  int accepted = 0;
  if (setjmp(png_jmpbuf(png)) == 0) {
    png_set_read_fn(png, input, read_bytes);
    png_read_info(png, info);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    row = calloc(1, png_get_rowbytes(png, info) + 64);
    png_uint_32 height = png_get_image_height(png, info);
    for (int pass = 0; pass < passes; pass++) {
      for (png_uint_32 y = 0; y < height; y++) png_read_row(png, row, NULL);
    }
    png_read_end(png, NULL);
    accepted = 1;
  }
  free(row);
  png_destroy_read_struct(&png, &info, NULL);
  return accepted;
}

int main(void) {
  uint32_t length;
  while (fread(&length, sizeof length, 1, stdin) == 1) {
    unsigned char *bytes = malloc(length + 1);
    if (fread(bytes, 1, length, stdin) != length) return 1;
    file input = {bytes, length, 0, ""};
    int accepted = accepts(&input);
    for (char *c = input.message; *c; c++) if (*c == '\n') *c = ' ';
    printf("%s %d %s\n", accepted ? "accepted" : "rejected", input.warnings, input.message);
    fflush(stdout);
    free(bytes);
  }
  return 0;
}
