// Passkeys and security keys: asks the browser, puts what it answers into the form, sends it.
// What the server asks is in a data block, never in a script: the page runs files of ours alone.
'use strict'

{
  const asked = (form) => JSON.parse(document.getElementById(form.dataset.asked).textContent)

  // A key that is also a login has to know whose it is, and to check that it is them.
  const created = (form) => {
    const options = asked(form).creation_options
    const alone = form.elements.passwordless?.checked ?? false
    Object.assign(options.publicKey.authenticatorSelection, {
      residentKey: alone ? 'required' : 'discouraged',
      requireResidentKey: alone,
      ...(alone ? { userVerification: 'required' } : {})
    })
    return webauthnJSON.create(options)
  }

  const shown = (form) => webauthnJSON.get(asked(form).request_options)

  // At the door nobody is known yet: the server is asked at the moment of logging in.
  const entered = async (form) => {
    const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
    if (!answer.ok) throw new Error(answer.statusText)
    return webauthnJSON.get((await answer.json()).request_options)
  }

  const ceremonies = { create: created, show: shown, enter: entered }

  document.querySelectorAll('form[data-passkey]').forEach((form) => {
    const told = form.querySelector('[data-passkey-told]')
    const button = form.querySelector('button[data-passkey-button]')
    if (!webauthnJSON.supported()) {
      told.textContent = told.dataset.unsupported
      told.hidden = false
      return
    }
    button.disabled = false
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      told.hidden = true
      button.disabled = true
      try {
        const credential = await ceremonies[form.dataset.passkey](form)
        form.elements.credential.value = JSON.stringify(credential)
        form.submit()
      } catch {
        told.textContent = told.dataset.failed
        told.hidden = false
        button.disabled = false
      }
    })
  })
}
