// The example town: one press fills the sign-in form with an account.

export default function demoAccounts(list) {
  for (const button of list.querySelectorAll("[data-fill]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const card = button.closest("li");
      const email = document.querySelector("input[name=email]");
      email.value = card.querySelector("[data-email]").textContent;
      document.querySelector("input[name=password]").value = card.querySelector("[data-password]").textContent;
      email.form.querySelector("[type=submit]").focus();
    });
  }
}
