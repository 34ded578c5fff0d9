// From what a caller sets to the one text in which a value is kept: digits, decimals, hex, as SAP writes them.
#pragma once
#include "description.h"

namespace standin {

// Failure RFC_CONVERSION_FAILURE when the text does not fit the type; CHAR alone is cut in silence.
Text toKept(const Field& field, std::u16string_view given);
Text integerToKept(const Field& field, int64_t given);
Text bytesToKept(const Field& field, const unsigned char* given, size_t length);

// What an untouched field holds.
Text initialOf(const Field& field);

std::string bytesOf(std::u16string_view hex);

}  // namespace standin
