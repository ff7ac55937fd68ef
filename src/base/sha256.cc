#include "base/sha256.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>

#include "base/assertion.h"

namespace liggare {
namespace {

constexpr std::size_t block_bytes = 64;

const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  LIGGARE_ASSERT(fetched != nullptr, "OpenSSL has no SHA-256");
  return fetched;
}

class Context {
 public:
  Context() : context_(EVP_MD_CTX_new()) {
    LIGGARE_ASSERT(context_ != nullptr, "no memory for a hash context");
  }
  ~Context() { EVP_MD_CTX_free(context_); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  void start() {
    LIGGARE_ASSERT(EVP_DigestInit_ex2(context_, algorithm(), nullptr) == 1, "SHA-256 start");
  }
  void add(std::string_view part) {
    LIGGARE_ASSERT(EVP_DigestUpdate(context_, part.data(), part.size()) == 1, "SHA-256 update");
  }
  Hash finish() {
    Hash hash;
    LIGGARE_ASSERT(EVP_DigestFinal_ex(context_, hash.bytes.data(), nullptr) == 1, "SHA-256 end");
    return hash;
  }

 private:
  EVP_MD_CTX* context_;
};

Context& thread_context() {
  thread_local Context context;
  return context;
}

}  // namespace

Hash Hash::from(std::string_view text) {
  LIGGARE_ASSERT(text.size() == hash_bytes, "a hash has 32 bytes");
  Hash hash;
  std::copy(text.begin(), text.end(), hash.bytes.begin());
  return hash;
}

Hash sha256(std::initializer_list<std::string_view> parts) {
  Context& context = thread_context();
  context.start();
  for (const std::string_view part : parts) context.add(part);
  return context.finish();
}

Hash hmac_sha256(std::string_view key, std::initializer_list<std::string_view> parts) {
  std::array<char, block_bytes> pad{};
  if (key.size() > block_bytes) {
    const Hash shortened = sha256({key});
    std::copy(shortened.bytes.begin(), shortened.bytes.end(), pad.begin());
  } else {
    std::copy(key.begin(), key.end(), pad.begin());
  }
  const std::string_view block{pad.data(), pad.size()};
  Context& context = thread_context();

  for (char& byte : pad) byte = static_cast<char>(byte ^ 0x36);
  context.start();
  context.add(block);
  for (const std::string_view part : parts) context.add(part);
  const Hash inner = context.finish();

  for (char& byte : pad) byte = static_cast<char>(byte ^ 0x36 ^ 0x5c);
  context.start();
  context.add(block);
  context.add(inner.view());
  OPENSSL_cleanse(pad.data(), pad.size());
  return context.finish();
}

}  // namespace liggare
